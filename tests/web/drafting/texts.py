"""A small plan of an invented province, with a slip of the scanner in it, and texts that are none."""

PLAN = """ỦY BAN NHÂN DÂN TỈNH HÒA AN
SỞ KHOA HỌC VÀ CÔNG NGHỆ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 37/KH-SKHCN
Hòa An, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
Mở rộng đối thoại với người lao động năm 2026

Căn cứ Quyết định số 205/QĐ-UBND ngày 20/02/2026 của UBND tỉnh Hòa An về đối thoại tại nơi làm việc;
Căn cứ Kế hoạch số 18/KH-SNV ngày 02/3/2026 của Sở Nội vụ.

Sở Khoa học và Công nghệ lập kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nghe ý kiến của người lao động ở từng phòng, đơn vị.
- Trả lời ý kiến đúng hạn, tạo chuyên biến trong cách làm việc.
2. Yêu cầu
Mỗi ý kiến có một đơn vị chịu trách nhiệm trả lời.

II. NỘI DUNG
1. Tổ chức hội nghị đối thoại
Đơn vị chủ trì: Văn phòng Sở.
Đơn vị phối hợp: Các phòng, đơn vị thuộc Sở.
Thời gian thực hiện: Quý II năm 2026.
2. Lập sổ theo dõi ý kiến
Đơn vị chủ trì: Phòng Chuyển đổi số.
3. Trả lời ý kiến của người lao động
Đơn vị chủ trì: Văn phòng Sở.
Thời gian thực hiện: Thường xuyên.

III. TỔ CHỨC THỰC HIỆN
1. Các phòng, đơn vị thuộc Sở báo cáo kết quả về Văn phòng Sở trước ngày 10/11 hằng năm.
2. Văn phòng Sở tổng hợp, báo cáo Sở Nội vụ trước ngày 15/11 hằng năm./.

Nơi nhận:
- Sở Nội vụ (b/c);
- Các phòng, đơn vị thuộc Sở;
- Lưu: VT, VP.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Lý Hoài Phương
"""

SHOPPING = "Mua giúp mẹ hai cân gạo, một chai nước mắm và ít rau. Chiều về sớm nấu cơm nhé."
