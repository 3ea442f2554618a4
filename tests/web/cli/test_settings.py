"""`trinhky settings`: shown, changed with a ground, kept in the log."""

from tests.web.cli.console import answer, refusal, run


def test_settings_are_shown_changed_and_kept_in_the_log(instance):
    assert answer("settings", "so_khcn")["signing_proof"] == "recent"
    changed = run(
        "settings", "so_khcn", "--set", "signing_proof=password", "--basis", "QĐ 9/QĐ-SKHCN", "--as", "huy"
    )
    assert changed.exit_code == 0, changed.stderr
    assert "Đã thay đổi signing_proof" in changed.stdout
    assert answer("settings", "so_khcn")["signing_proof"] == "password"
    assert "Ghi căn cứ" in refusal("settings", "so_khcn", "--set", "hold_minutes=9")
    assert "signing_proof" in run("settings", "so_khcn").stdout
    assert "không có cơ quan so_la" in refusal("settings", "so_la")
    label = ("--set", "label_lead=Cơ quan thực hiện", "--basis", "QĐ 9/QĐ-SKHCN")
    assert "Cơ quan thực hiện" in run("settings", "so_khcn", *label).stdout
    assert "“Ai làm”" in refusal("settings", "so_khcn", "--set", "label_lead=Ai làm", "--basis", "QĐ 9")


def test_an_unknown_setting_is_named_with_those_there_are_and_a_bad_value_with_what_it_may_be(instance):
    def said(pair: str) -> str:
        return refusal("settings", "so_khcn", "--set", pair, "--basis", "QĐ 9/QĐ-SKHCN")

    words = said("nosuch=1")
    assert "Không có thiết lập “nosuch”; các thiết lập: number_scope, format_check" in words
    assert "report_opens_days không nhận “abc”; ghi số nguyên từ 1 đến 366" in said("report_opens_days=abc")
    assert "report_opens_days không nhận “0”; ghi số nguyên từ 1 đến 366" in said("report_opens_days=0")
    assert "format_check không nhận “có”; ghi một trong: true, false" in said("format_check=có")
    assert "ghi một trong: recent, password" in said("signing_proof=passkey")
