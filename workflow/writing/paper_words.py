"""The fixed words of the paper itself (NĐ 30/2020, Phụ lục I); the words of the screen are the web's."""

from collections.abc import Mapping

# The short form printed in brackets under "Nơi nhận".
PURPOSE_MARKS: Mapping[str, str] = {
    "to_report": "b/c",
    "in_lieu_of_report": "thay b/c",
    "for_information": "để biết",
    "to_coordinate": "p/h",
    "to_implement": "t/h",
}

# What a task's line is called on the paper when its agency has not chosen a label of its own.
TASK_LABELS: Mapping[str, str] = {
    "lead": "Đơn vị chủ trì",
    "coordinator": "Đơn vị phối hợp",
    "method": "Hình thức thực hiện",
    "time": "Thời gian thực hiện",
}
