"""What the frame and the macros promise, read from their HTML; the rest is in tests/browser."""

import re
import unicodedata
from pathlib import Path

import pytest

from tests.web.gallery import ADDRESSES, build
from tests.web.reader import read
from web import assets, filters, words

WEB = Path(assets.__file__).parent


@pytest.fixture(scope="module")
def gallery():
    app = build()
    app.testing = True
    return app


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_style_script_or_handler_stands_inside_a_page(gallery, address):
    page = read(gallery, address)
    assert not page.of("style")
    assert all(attrs.get("src") for attrs in page.of("script"))
    for tag, attrs in page.tags:
        assert not [name for name in attrs if name == "style" or name.startswith("on")], (tag, attrs)
        assert not (attrs.get("href") or "").startswith("javascript:")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_form_that_posts_carries_the_token_and_every_id_is_single(gallery, address):
    page = read(gallery, address)
    posts = [attrs for attrs in page.of("form") if attrs.get("method") == "post"]
    tokens = [attrs for attrs in page.of("input") if attrs.get("name") == "csrf_token"]
    assert posts
    assert len(posts) == len(tokens)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_one_heading_of_the_first_rank_landmarks_and_language(gallery, address):
    page = read(gallery, address)
    assert len(page.of("h1")) == 1
    assert page.of("html")[0]["lang"] == "vi"
    assert len(page.of("main")) == len(page.of("header")) == len(page.of("footer")) == 1
    assert page.of("a")[0] == {"class": "skip", "href": "#main"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_an_id_is_pointed_at_for_exists(gallery, address):
    page = read(gallery, address)
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    for _, attrs in page.tags:
        for name in ("for", "aria-describedby", "aria-labelledby", "form"):
            assert set((attrs.get(name) or "").split()) <= ids, attrs
        if (attrs.get("href") or "").startswith("#"):
            assert attrs["href"][1:] in ids, attrs


def test_style_and_script_stay_under_fifty_thousand_bytes():
    assert sum((WEB / "static" / name).stat().st_size for name in ("app.css", "app.js")) < 50_000


def test_style_and_script_fetch_nothing_from_elsewhere():
    for name in ("app.css", "app.js"):
        text = (WEB / "static" / name).read_text("utf-8")
        assert not re.search(r"https?:|//[a-z]|@import|url\(", text.replace("// ", "")), name


def test_templates_and_words_are_nfc_plain_and_polite():
    sources = [*WEB.glob("templates/**/*.html"), *WEB.glob("*.py"), *WEB.glob("static/*")]
    for source in sources:
        text = source.read_text("utf-8")
        assert unicodedata.is_normalized("NFC", text), source
        assert "Vui lòng" not in text, source
        assert " style=" not in text, source
    for full, short in words.RESULTS.values():
        assert "!" not in full + short


def test_an_asset_with_its_version_is_cached_for_ever_and_without_it_never(gallery):
    client = gallery.test_client()
    page = read(gallery, "/van-ban")
    address = page.of("link")[1]["href"]
    assert re.fullmatch(r"/static/app\.css\?v=[0-9a-f]{8}", address)
    assert "immutable" in client.get(address, buffered=True).headers["Cache-Control"]
    assert client.get("/static/app.css", buffered=True).headers["Cache-Control"] == "no-cache"
    assert client.get("/static/app.css?v=00000000", buffered=True).headers["Cache-Control"] == "no-cache"


def test_the_title_of_a_refused_form_begins_with_the_word_error(gallery):
    html = gallery.test_client().get("/soan-loi").get_data(as_text=True)
    assert "<title>Lỗi: Soạn kế hoạch – Trình ký</title>" in html
    assert "<title>Soạn kế hoạch – Trình ký</title>" in gallery.test_client().get("/soan").get_data(
        as_text=True
    )


def test_each_fault_is_told_in_the_summary_and_at_its_field(gallery):
    page = read(gallery, "/soan-loi")
    for sentence in ("Ghi trích yếu", "Chọn đơn vị chủ trì cho mục II.4", "Xác nhận văn bản không mật"):
        assert page.words.count(sentence) == 2
    invalid = [attrs["id"] for _, attrs in page.tags if attrs.get("aria-invalid") == "true"]
    assert {"subject", "lead", "due", "secret", "kind-0", "bases-1-raw"} <= set(invalid)


def test_the_last_good_day_is_the_day_before(gallery):
    page = read(gallery, "/van-ban")
    assert "trước ngày 10/11, muộn nhất hết ngày 09/11" in page.words
    assert "chậm nhất là ngày 10/11" in page.words
    assert filters.day_month(filters.day_before("2027-01-01")) == "31/12"


def test_a_wrong_icon_name_is_an_error(gallery):
    with gallery.test_request_context(), pytest.raises(KeyError, match="lạ"):
        gallery.jinja_env.from_string('{% from "_macros/icons.html" import icon %}{{ icon("lạ") }}').render()
