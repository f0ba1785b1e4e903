"""Fills the shelves: categories, product types, products, stock and pictures."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.text import slugify
from oscar.core.loading import get_class, get_model
from PIL import Image

from .goods import ITEMS, SHELVES, Item, Shelf
from .pictures.draw import draw_inside, draw_product
from .progress import Progress

Category = get_model("catalogue", "Category")
Product = get_model("catalogue", "Product")
ProductAttribute = get_model("catalogue", "ProductAttribute")
ProductClass = get_model("catalogue", "ProductClass")
Partner = get_model("partner", "Partner")
StockRecord = get_model("partner", "StockRecord")
create_from_breadcrumbs = get_class("catalogue.categories", "create_from_breadcrumbs")

KINDS = {shelf.name: shelf.kind for shelf in SHELVES}
TYPES = {shelf.name: shelf.product_type for shelf in SHELVES}


def is_loaded() -> bool:
    return Product.objects.filter(upc__in=[item.upc for item in ITEMS]).count() == len(ITEMS)


def load_catalogue(progress: Progress) -> None:
    """Create what is missing. A product that is there keeps the changes made to it since."""
    with progress.step("Building shelves", total=len(SHELVES)) as advance:
        for shelf in SHELVES:
            _build(shelf)
            advance()
    partner, __ = Partner.objects.get_or_create(
        code="rimba-pagi", defaults={"name": settings.OSCAR_SHOP_NAME}
    )
    with progress.step("Drawing and stocking products", total=len(ITEMS)) as advance:
        for number, item in enumerate(ITEMS):
            if not Product.objects.filter(upc=item.upc).exists():
                _stock(item, partner, seed=number)
            advance()
    products = {product.upc: product for product in Product.objects.exclude(upc=None)}
    with progress.step("Arranging recommendations", total=len(ITEMS)) as advance:
        for item in ITEMS:
            for rank, upc in enumerate(item.goes_with):
                products[item.upc].primary_recommendations.get_or_create(
                    recommendation=products[upc], defaults={"ranking": 10 - rank}
                )
            advance()


def _build(shelf: Shelf) -> None:
    category = create_from_breadcrumbs(shelf.name)
    if not category.image:
        item = next(item for item in ITEMS if item.upc == shelf.picture_of)
        picture = draw_product(item.picture, kind=shelf.kind, seed=ITEMS.index(item))
        category.description = shelf.description
        category.image.save(f"{slugify(shelf.name)}.jpg", _jpeg(picture), save=True)
    product_type, __ = ProductClass.objects.get_or_create(name=shelf.product_type)
    names = {name for item in ITEMS if item.shelf == shelf.name for name in item.details}
    for name in sorted(names):
        ProductAttribute.objects.get_or_create(
            product_class=product_type,
            code=_attribute_code(name),
            defaults={"name": name, "type": ProductAttribute.TEXT},
        )


def _stock(item: Item, partner: object, seed: int) -> None:
    product = Product(
        upc=item.upc,
        title=item.title,
        slug=slugify(item.title),
        description=f"<p>{item.description}</p>",
        product_class=ProductClass.objects.get(name=TYPES[item.shelf]),
    )
    for name, value in item.details.items():
        setattr(product.attr, _attribute_code(name), value)
    product.save()
    product.categories.add(create_from_breadcrumbs(item.shelf))
    StockRecord.objects.create(
        product=product,
        partner=partner,
        partner_sku=item.upc,
        price_currency=settings.OSCAR_DEFAULT_CURRENCY,
        price=Decimal(item.price),
        num_in_stock=item.stock,
        low_stock_threshold=10,
    )
    kind = KINDS[item.shelf]
    pictures = [draw_product(item.picture, kind=kind, seed=seed)]
    if item.inside:
        pictures.append(draw_inside(item.inside, kind=kind, seed=seed))
    for order, picture in enumerate(pictures):
        image = product.images.model(product=product, display_order=order, caption=item.title)
        image.original.save(f"{product.slug}-{order + 1}.jpg", _jpeg(picture), save=True)


def _attribute_code(name: str) -> str:
    return slugify(name).replace("-", "_")


def _jpeg(picture: Image.Image) -> ContentFile:
    file = BytesIO()
    picture.save(file, "JPEG", quality=88)
    return ContentFile(file.getvalue())
