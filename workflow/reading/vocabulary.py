"""
The words by which units, groups, posts and what they do are told apart in running text.

Lists only; `units` and `signature` say how they are used.
"""


def listed(text: str) -> tuple[str, ...]:
    """The words of a block, parted by "|" or line ends."""
    return tuple(word for line in text.split("\n") for word in line.strip().split("|") if word)


# What a name begins with, when it is written with a capital.
HEADS = listed(
    """
    sở|phòng|ban|văn phòng|vp|trung tâm|chi cục|cục|tổng cục|thanh tra|ủy ban|ubnd|hđnd|hội đồng|bộ|công an
    bộ chỉ huy|hội|đoàn|tỉnh đoàn|huyện đoàn|thành đoàn|xã đoàn|liên đoàn|liên minh|công đoàn|mặt trận
    ubmttq|ủy ban mttq|trường|bệnh viện|trạm|kho bạc|bảo hiểm xã hội|báo|đài|tòa án|viện|chi nhánh|ngân hàng
    tổ|tỉnh ủy|thành ủy|huyện ủy|đảng ủy|đảng bộ|chi bộ|chi ủy|chính phủ|thủ tướng|quốc hội|chủ tịch
    phó chủ tịch|giám đốc|phó giám đốc|chánh văn phòng|trưởng|trưởng phòng|thủ trưởng|lãnh đạo|hiệu trưởng
    người đứng đầu|đội|quỹ|công ty|hạt|khoa|bộ phận|thường trực|ban giám đốc|nhà|thư viện|bảo tàng|khu
    học viện|đại học|bộ trưởng|phó|bí thư|chi đoàn|hợp tác xã|doanh nghiệp|kế toán|công chức|cán bộ
    viên chức|cơ quan|đơn vị|tổ chức|các|mỗi|từng|toàn thể|vụ|ttyt|vpubnd|lđvp|syt|cđ|đtn
    """
)

# What a name may begin with also in small letters.
PLAIN_HEADS = listed(
    """
    văn phòng sở|văn phòng ủy ban|văn phòng hđnd|văn phòng ubnd|lãnh đạo sở|lãnh đạo ủy ban|lãnh đạo ubnd
    lãnh đạo văn phòng|ban giám đốc|giám đốc sở|trưởng các|thủ trưởng các|lãnh đạo các|thủ trưởng
    người đứng đầu|cơ quan có thẩm quyền|cấp có thẩm quyền|cơ quan cấp trên|cơ quan chủ quản|cấp trên
    cơ quan chức năng|ubnd|chủ tịch ubnd|phòng chuyên môn|công chức|bộ phận|cơ quan thường trực|thường trực
    ban chỉ đạo|tổ công tác|phòng tổng hợp
    """
)

# Small words that go on with a name.
SCOPE = listed(
    """
    &|-|ban|bàn|bệnh|bộ|chi|chuyên|chính|chức|cá|các|cán|có|công|cơ|cấp|cục|của|doanh|dân|giám|huyện|hành
    hđnd|học|hội|khu|khác|kinh|lao|liên|lãnh|lập|mình|môn|nghiệp|ngành|người|nhà|nhánh|nhân|này|nêu|năng
    nước|phòng|phó|phương|phường|phận|phố|phụ|quan|quyền|quận|sản|sở|sự|thuộc|thành|thôn|thẩm|thể|thị|thủ
    trung|trách|trên|trường|trưởng|trạm|trấn|trị|trực|tâm|tại|tế|tỉnh|tổ|ubnd|viên|viện|và|văn|vị|vụ
    vực|xuất|xã|y|đoàn|đơn|đạo|đảng|địa|đốc|động|ủy|–
    """
)

# Words that end a name: what the unit does, or how and when.
STOPS = listed(
    """
    theo dõi|hướng dẫn|kiểm tra|đôn đốc|triển khai|thực hiện|xây dựng|ban hành|chủ trì|phối hợp|tham mưu
    có trách nhiệm|chịu trách nhiệm|chủ động|tăng cường|đăng|báo cáo|phản ánh|tổng hợp|căn cứ|theo|trong|để
    nhằm|trước|sau|khi|kết quả|tình hình|đúng|xem xét|chỉ đạo|phê duyệt|quyết định|giải quyết|kịp thời
    định kỳ|hằng|hàng|chậm nhất|muộn nhất|qua|thông qua|về|gửi|trình|việc|nghiêm túc|tiếp tục|quán triệt
    phổ biến|tuyên truyền|rà soát|bố trí|đảm bảo|bảo đảm|cân đối|lập|tiếp nhận|cung cấp|thẩm định|đề xuất
    hoàn thành|hoàn thiện|đưa|tập trung|tích cực|quan tâm|phân công|cử|giao|được|phải|cần|là|làm|đẩy mạnh
    nâng cao|duy trì|cập nhật|thông báo|thông tin|vận động|huy động|lồng ghép|chuẩn bị|đề nghị|yêu cầu
    khẩn trương|thường xuyên|hỗ trợ|giám sát|đánh giá|biết|từ|đến|cho|với|bằng|nếu|mà|đã|đang|sẽ|tự|cùng
    ngoài|chấp hành|công khai|niêm yết|xác định|khai thác|vận hành|lựa chọn|giúp|thành lập|sẵn sàng|chỉ
    góp ý|tổng kết|sơ kết|khảo sát|tập huấn|bồi dưỡng|đào tạo|giới thiệu|nắm|đồng thời|như|hoặc|nhưng|trừ
    biên soạn|họp|thu thập|xử lý|tổ chức|quản lý|sử dụng|truyền thông|bổ sung|điều chỉnh|đổi mới|phát động
    phát huy|phấn đấu|cam kết|ký|nộp|thống nhất|tham gia|thống kê|đăng ký|vào|ngay|hết|ngày|tháng|quý|năm
    có thể|có kế hoạch|có văn bản|có biện pháp|có giải pháp|có báo cáo|không|chưa|còn|cũng|đều|cùng với
    sớm|nhanh|nhanh chóng|luôn|mau|hãy|nên|nhắc|gom|lo|chung tay|góp sức|tiếp thu|giữ|xem|nghe|nói|tìm
    gặp|kiến nghị|phục vụ|trực tiếp|vướng mắc|khó khăn|tiến hành|kiện toàn|củng cố|khen thưởng|nhắc nhở|xử phạt
    kiểm soát|bám sát|làm đầu mối|thường trực|chi trả|thanh toán|quyết toán|tiếp|nghiên cứu|ứng dụng
    hạch toán|rút|số liệu|thì
    """
)

# First syllables that go on with a group after a comma: "các phòng, ban, đơn vị".
GROUP_NOUNS = listed(
    """
    ban|báo|bộ|chi|cá|cán|công|cơ|cấp|doanh|huyện|hội|khu|nghiệp|ngành|người|nhà|phòng|phường|quận|sở|thành|thị
    trung|trường|trạm|tổ|viên|xã|đoàn|đơn|đảng|địa
    """
)

# A head without its name names nobody ("Sở", "Trung tâm" do: the agency itself).
BARE_HEADS = listed(
    """
    ban|báo|bộ|chi nhánh|các|cán bộ|cơ quan|cục|hạt|hội|hội đồng|khoa|khu|liên đoàn|lãnh|lãnh đạo|mỗi|nhà
    phòng|phó|quỹ|toàn thể|trưởng|trạm|tổ|tổ chức|từng|viện|vụ|đoàn|đài|đơn vị|đạo|đội|ủy|ủy ban
    """
)

# Small words after a comma that begin something else than the rest of a name.
NO_TAIL = listed(
    """
    ba|bao|bà|bốn|chi|chiều|cụ|gồm|hai|hình|mười|mỗi|một|ngày|người|những|năm|nội|riêng|sáng|số|tháng|thời
    từng|ông|địa|đồng
    """
)

# Family names without marks, of the Kinh and of the peoples of the highlands.
SURNAMES = listed(
    """
    a|alang|arat|au|bach|ban|be|blong|bui|ca|cam|cao|chau|chu|cu|dam|dang|dao|dieu|dinh|do|doan|duong|giang
    h|ha|ho|hoang|hua|huynh|kha|khong|khuat|kieu|kpa|ksor|la|lam|le|lo|lu|luc|luong|luu|ly|ma|mac|mai|mau
    moc|mua|nay|nghiem|ngo|nguyen|ninh|nong|nu|ong|pham|phan|phu|phung|quach|quang|rmah|ro|siu|sung|ta|tang
    thach|thai|than|thao|thi|thieu|tieu|to|ton|tong|tran|trang|trieu|trinh|truong|ung|vang|vi|vien|vo|vu
    vuong|vuu|xa|y|zoram
    """
)
