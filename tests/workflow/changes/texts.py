"""Generated texts: sections of numbered paragraphs out of a small vocabulary of an office, and edits of them."""

import random

from hypothesis import strategies as st

from workflow.changes.blocks import Block
from workflow.content import Content, Node, Task, Time

VOCABULARY = """
các đơn vị thuộc Sở tổ chức triển khai thực hiện nhiệm vụ được giao trong năm báo cáo kết quả về Văn phòng để tổng hợp
phối hợp kiểm tra đánh giá dân chủ ở cơ sở tập huấn chuyển đổi số đo lường chất lượng hàng hóa khởi nghiệp sáng tạo
hạ tầng dữ liệu công chức viên chức người lao động quy chế hội nghị quý tháng
""".split()  # noqa: SIM905 - prose is read as prose


words = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14).map(" ".join)
sentences = st.text("aăâbcdđeêghôơưỳ\u0301 .,;/-\n15", min_size=1, max_size=40) | words


def nodes(depth: int = 1) -> st.SearchStrategy[Node]:
    tasks = st.none() | st.builds(
        Task,
        leads=st.tuples(words) | st.just(()),
        time=st.builds(Time, raw=words),
        labels=st.just({}) | st.just({"lead": "Đơn vị thực hiện"}),
    )
    return st.builds(
        Node,
        label=st.sampled_from(["I", "II", "1", "2", "a", "đ", "-", ""]),
        title=st.just("") | words,
        paragraphs=st.lists(sentences, max_size=3).map(tuple),
        task=tasks,
        children=st.lists(nodes(depth - 1), max_size=3).map(tuple) if depth else st.just(()),
    )


contents = st.builds(
    Content,
    subject=words,
    opening=st.lists(sentences, max_size=2).map(tuple),
    sections=st.lists(nodes(), max_size=4).map(tuple),
    closing=st.lists(nodes(0), max_size=1).map(tuple),
    annexes=st.lists(sentences, max_size=1).map(tuple),
)


def paragraphs_of(texts: list[str]) -> tuple[Block, ...]:
    """These texts as the paragraphs of one section."""
    return tuple(
        Block(f"sections/0/paragraphs/{at}", "paragraph", "I", "", text) for at, text in enumerate(texts)
    )


def long_texts(seed: int, count: int = 480) -> list[str]:
    """About sixty printed pages of paragraphs, of words as uneven in their use as those of a language."""
    chance = random.Random(seed)
    starts = ("tr", "ng", "h", "k", "đ", "ph", "th", "l", "m", "s", "v", "x")
    ends = ("ông", "ành", "ước", "iệm", "uyên", "ất", "ội", "ần", "ủ", "ế", "oạch", "ương", "ối", "ách", "ai")
    many = [start + end for start in starts for end in ends]
    weights = [1 / (rank + 2) for rank in range(len(many))]
    return [" ".join(chance.choices(many, weights, k=chance.randint(12, 90))) for _ in range(count)]
