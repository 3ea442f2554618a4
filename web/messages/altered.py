"""What every door says of a text that no longer gives the digest it was approved by."""

ALTERED = "Nội dung lưu không khớp mã đã duyệt. Đã khóa mọi thao tác; chưa có gì được ghi. Báo quản trị và thanh tra."
