"""Who answers for what a unit owes or leads, whoever stands in today included; it knows posts, no document."""

from collections import defaultdict

from workflow.engine import Work
from workflow.people import Post


class UnitPeople:
    """The posts are sorted by unit once: there may be thousands of units."""

    def __init__(self, w: Work):
        self._w = w
        self._posts: defaultdict[int, list[Post]] = defaultdict(list)
        for post in w.directory.posts.values():
            self._posts[post.unit_id].append(post)

    def of(self, unit_id: int, *, late: bool = False) -> list[int]:
        """
        Ids: before a deadline who writes the report and the head, after it the head (domain.md 4.6). Where nobody
        sits on those posts, whoever stands next: the deputy, the one who writes it, then Chánh Văn phòng.
        """
        wanted: tuple[tuple[str, ...], ...] = (("dept_head",), ("dept_deputy",), ("unit_reporter",))
        if not late:
            wanted = (("unit_reporter", "dept_head"), *wanted[1:])
        for roles in wanted:
            if found := self._holding(unit_id, roles):
                return found
        agency_id = self._w.directory.units[unit_id].agency_id
        return self._on(self._w.directory.posts_with(agency_id, "chief_of_office"))

    def _holding(self, unit_id: int, roles: tuple[str, ...]) -> list[int]:
        posts = [post for post in self._posts[unit_id] if post.roles & set(roles)]
        return self._on(posts)

    def _on(self, posts: list[Post]) -> list[int]:
        """With whoever stands in for one of them today."""
        directory, today = self._w.directory, self._w.today
        found = {person.id for person in directory.holders(posts, today)}
        away = [directory.absence_of(person_id, today) for person_id in found]
        return sorted(found | {item.substitute_id for item in away if item and item.substitute_id})
