"""What customers say about the products."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from oscar.core.loading import get_model

from .progress import Progress

ProductReview = get_model("reviews", "ProductReview")

#: Product, score, title, text, name.
REVIEWS = (
    (
        "RP-101",
        5,
        "Tastes like my father's shop",
        "I had forgotten what liberica does with condensed milk. Arrived two days after roasting.",
        "Hafiz",
    ),
    (
        "RP-101",
        4,
        "Unusual and good",
        "Needs a finer grind than I am used to. Worth the trouble.",
        "Wei Jie",
    ),
    (
        "RP-102",
        5,
        "Our every day coffee",
        "Third bag. It survives my husband's French press.",
        "Siti",
    ),
    ("RP-102", 5, "Easy to like", "No sour notes, no bitter ones.", "Arjun"),
    (
        "RP-102",
        4,
        "Good with milk",
        "A little too dark for filter, perfect for flat whites.",
        "Joanne",
    ),
    ("RP-103", 5, "Plum, really", "I thought tasting notes were poetry until this one.", "Dewi"),
    ("RP-104", 5, "The real thing", "Use the sock. Do not use anything else.", "Uncle Boon"),
    (
        "RP-105",
        4,
        "Saves my mornings",
        "Sweet, but not as sweet as the ones from the supermarket.",
        "Nurul",
    ),
    (
        "RP-201",
        5,
        "Bright and strong",
        "Looks like tea and not like dust. Lovely tin, too.",
        "Priya",
    ),
    ("RP-202", 4, "Smells wonderful", "The pandan fades by the third steep.", "Amirah"),
    ("RP-203", 5, "Pulls well", "Froth on the first try.", "Faizal"),
    ("RP-204", 5, "My daughter's favourite", "She pours the lime herself and screams.", "Mei"),
    ("RP-301", 5, "Pretty and does its work", "Heavier than plastic, keeps the heat.", "Rizal"),
    ("RP-302", 4, "Precise", "The handle gets warm on gas. The pour is perfect.", "Chong"),
    ("RP-303", 5, "Worth it", "Quieter than the electric one and faster than I feared.", "Lina"),
    ("RP-304", 5, "Bought two", "One for tea.", "Kavitha"),
    ("RP-401", 5, "Grandma approves", "She checked the weight and nodded.", "Hui Min"),
    ("RP-402", 5, "Beautiful glaze", "Mine looks like rain on a window.", "Zara"),
    ("RP-403", 4, "Sturdy", "The clasps needed a week to loosen up.", "Suresh"),
    ("RP-501", 5, "Dangerous", "The jar lasted four days and I live alone.", "Ben"),
    ("RP-502", 5, "Smoky", "Shaved over sago, gone in a minute.", "Aida"),
    ("RP-503", 5, "The best present I gave", "They wrote my card by hand.", "Grace"),
)


def is_loaded() -> bool:
    return ProductReview.objects.exists()


def load_reviews(progress: Progress) -> None:
    """Create approved reviews, signed with a first name."""
    products = get_model("catalogue", "Product").objects.in_bulk(field_name="upc")
    with progress.step("Listening to customers", total=len(REVIEWS)) as advance:
        for number, (upc, score, title, body, name) in enumerate(REVIEWS):
            review = ProductReview.objects.create(
                product=products[upc],
                score=score,
                title=title,
                body=body,
                name=name,
                email=f"{name.lower().replace(' ', '.')}@example.com",
                status=ProductReview.APPROVED,
            )
            written = timezone.now() - timedelta(days=9 + 13 * number)
            ProductReview.objects.filter(pk=review.pk).update(date_created=written)
            advance()
