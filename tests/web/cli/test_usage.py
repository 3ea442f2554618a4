"""A command mistyped, a setting that is wrong, an error nobody expected: each a sentence, and nothing was done."""

import pytest

from tests.web.cli.console import refusal, run


def test_unknown_verbs_and_missing_words_are_usage_errors(empty):
    assert run("nothing").exit_code == 2
    assert run("step", "1").exit_code == 2
    assert run("step", "một", "sign", "--as", "lan").exit_code == 2
    assert not empty.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "không có lệnh nothing."),
        (["step", "1"], "thiếu STEP."),
        (["step", "một", "sign", "--as", "lan"], "DOCUMENT không đúng: ghi một số nguyên."),
        (["show", "9" * 20], "DOCUMENT không đúng: ghi một số nguyên."),
        (["verify", "--jsn"], "không có tùy chọn --jsn; có phải --json?"),
        (["verify", "thêm"], "thừa tham số thêm."),
        (["demo", "--port"], "tùy chọn --port thiếu giá trị hoặc không nhận giá trị."),
        (["import", "không-có.txt", "--agency", "so_khcn"], "FILE không đúng: không có tệp hoặc thư mục này"),
        (["settings", "so_khcn", "--set", "x"], "Ghi --set theo dạng TÊN=GIÁ TRỊ"),
    ],
)
def test_a_command_mistyped_is_told_in_words_of_the_users_language(empty, words, said):
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "--help" in result.stderr
    assert not any(word in result.stderr for word in ("Error", "Usage", "Missing", "Invalid"))
    assert not empty.exists()


def test_a_wrong_setting_is_a_sentence_that_names_it(empty, monkeypatch):
    monkeypatch.setenv("TRINHKY_PORT", "tám nghìn")
    assert "port" in refusal("verify")


def test_what_nobody_expected_is_an_error_id_and_the_trace_is_in_the_log(instance, monkeypatch):
    from web.cli import operations

    def breaks(*_: object) -> None:
        raise RuntimeError("mật khẩu bí mật")

    monkeypatch.setattr(operations, "verify", breaks)
    said = refusal("verify")
    assert "Mã tra cứu: " in said
    assert "RuntimeError" not in said
    error_id = said.split("Mã tra cứu: ")[1].split()[0]
    assert error_id in (instance / "trinhky.log").read_text("utf-8")
