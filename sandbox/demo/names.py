"""Sixty customers of a Malaysian shop. The names are common ones, put together at random."""

from __future__ import annotations

from random import Random

FIRST = (
    "Aina Amir Azlan Balqis Chee-Wai Danish Dewi Edwin Farhan Farid Gayathri Grace Hafiz Haslina "
    "Hui-Min Ikmal Intan Jasmine Jia-Hui Kavitha Khairul Lakshmi Liyana Mei-Yee Mohan Nabila Nadia "
    "Natasha Nurul Putri Rahul Rajesh Ravi Rizal Rosnah Sarah Shanti Siti Suresh Syafiq Tania "
    "Wei-Ling Wen-Jie Xin-Yi Yasmin Yusof Zainab Zara Zul Adam"
).split()
LAST = (
    "Abdullah Ahmad Chan Chong Devi Goh Hassan Ibrahim Ismail Krishnan Kumar Lee Lim Mahmud Menon "
    "Ng Nair Omar Osman Pillai Rahman Raj Salleh Singh Tan Teoh Wong Yap Yusuf Zakaria"
).split()


def sixty(random: Random) -> list[tuple[str, str]]:
    """Sixty different pairs of first and last name."""
    chosen: dict[tuple[str, str], None] = {}
    while len(chosen) < 60:
        chosen[random.choice(FIRST), random.choice(LAST)] = None
    return list(chosen)
