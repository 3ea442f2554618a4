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
