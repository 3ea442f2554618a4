"""What the pages of notices share: the blueprint and the words."""

from web.job import Job

bp = Job(
    "notices",
    {
        "GET /lich/<token>.ics": "calendars.feed",
        "POST /thong-bao/lich": "calendars.make",
        "POST /thong-bao/lich/<int:feed_id>/thu-hoi": "calendars.revoke",
        "GET /thong-bao/cach-nhan": "choices.choices",
        "POST /thong-bao/cach-nhan": "choices.choose",
        "GET /thong-bao": "lists.mine",
        "POST /thong-bao/<int:notice_id>/da-xem": "lists.seen",
        "POST /thong-bao/da-xem": "lists.all_seen",
        "GET /quan-tri/thu": "sent.sent",
    },
)
bp.words(notices="web.notices.wording")
