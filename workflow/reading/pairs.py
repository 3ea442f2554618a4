"""
Pairs of syllables that official texts write in one way, for finding what a scan may have damaged.

`RIGHT` is what is proposed; `ALSO` holds other good words that share their letters and are left alone.
"""

from workflow.reading.vocabulary import listed
from workflow.reading.words import bare

RIGHT = listed(
    """
    triển khai|thực hiện|kế hoạch|đơn vị|phối hợp|chủ trì|nhiệm vụ|hướng dẫn|kiểm tra|đôn đốc|trách nhiệm
    nâng cao|tuyên truyền|phổ biến|chuyển biến|chuyển giao|công nghệ|khoa học|sáng tạo|văn phòng|giám đốc
    nhân dân|viên chức|tổ chức|cơ quan|thường xuyên|hiệu quả|nội dung|yêu cầu|mục đích|xây dựng|ban hành
    quyết định|chỉ thị|nghị quyết|nghị định|thông tư|tham mưu|đề xuất|báo cáo|tổng hợp|kết quả|hoạt động
    chính quyền|hành chính|cán bộ|lãnh đạo|tăng cường|bảo đảm|đảm bảo|kịp thời|đồng bộ|thống nhất|quán triệt
    tập huấn|vướng mắc|khó khăn|phản ánh|giải quyết|rà soát|pháp luật|dân chủ|dân vận|thời gian|hình thức
    đăng tải|thông tin|điện tử|trung tâm|thanh tra|công đoàn|chuyên môn|nghiệp vụ|địa bàn
    """
)

ALSO = listed(
    """
    bao cao|bao đảm|bào đám|bạn hành|bảo cáo|chi thi|chuyên giáo|chỉ thi|chủ trị|chữ trị|cân bỏ|có quan
    công đoạn|căn bộ|cơ quản|cần bỏ|cần bổ|cổ quan|diễn từ|diện tư|diện từ|dân chứ|dẫn chứ|dẫn vấn|hình thực
    hạnh chính|khóa học|nhãn dán|nhận dân|nhận dạn|năng cao|nơi dùng|nơi đúng|phó biên|phần ánh|thánh tra
    thông nhất|thông từ|trúng tâm|trọng tâm|tông hợp|tố chức|vấn phong|đang tại|điện từ|đàm bảo|đáng tai
    đóng bộ|đơn vì|đơn độc|đồng bọ
    """
)

MEANT = {bare(pair): pair for pair in RIGHT}
GOOD = frozenset((*RIGHT, *ALSO))
