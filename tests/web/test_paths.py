"""Only paths of our own lead anywhere."""

import pytest

from web.paths import local_path


@pytest.mark.parametrize("wanted", ["/viec", "/viec?chon=3&x=//a", "/van-ban/7#ls", "/"])
def test_a_path_of_ours_is_kept(wanted):
    assert local_path(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        "",
        "viec",
        "//example.org",
        "/\\example.org",
        "https://example.org/",
        "javascript:x",
        "/a\nb",
        "/\tb",
        "/\t/example.org",
        "//[",
        "https://[",
    ],
)
def test_anything_else_leads_nowhere(wanted):
    assert local_path(wanted) == ""
