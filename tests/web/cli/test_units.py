"""`trinhky units`: added, ended, listed."""

from tests.web.cli.console import answer, refusal, run


def test_units_come_and_end_and_stand_in_the_list(instance):
    basis = ("--basis", "QĐ 45/QĐ-UBND", "--as", "huy")
    added = run(
        "units", "add", "so_khcn", "DMST", "--name", "Phòng Đổi mới sáng tạo", "--symbol", "ĐMST", *basis
    )
    assert added.exit_code == 0, added.stderr
    ended = run("units", "end", "so_khcn", "BCVT", "--on", "2030-06-30", "--successor", "DMST", *basis)
    assert "hoạt động đến hết ngày 30/6/2030" in ended.stdout
    told = {item["code"]: item for item in answer("units", "list", "so_khcn")}
    assert (told["BCVT"]["to"], told["BCVT"]["successor"]) == ("2030-06-30", "DMST")
    assert "Phòng Đổi mới sáng tạo" in run("units", "list", "so_khcn").stdout
    assert "không có đơn vị XX" in refusal("units", "end", "so_khcn", "XX", "--on", "2030-06-30", *basis)
    for far in ("9999-12-31", "0001-01-01", "30/6/2030"):
        wrong = run("units", "end", "so_khcn", "QLKH", "--on", far, "--successor", "DMST", *basis)
        assert wrong.exit_code == 2
        assert "--on không đúng: ghi ngày theo dạng 2026-11-21, năm từ 1900 đến 2199." in wrong.stderr
    assert "đã kết thúc" in refusal("units", "end", "so_khcn", "BCVT", "--on", "2030-06-30", *basis)
