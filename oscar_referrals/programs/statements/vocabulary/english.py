"""How terms speak in English."""

from __future__ import annotations

from decimal import Decimal

from oscar_referrals.programs.statements.vocabulary.base import Words
from oscar_referrals.programs.statements.vocabulary.english_roles import ROLES
from oscar_referrals.programs.statements.vocabulary.english_speech import SPEECH

_SMALL = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NTH = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENTHS = ["twentieth", "thirtieth", "fortieth", "fiftieth"]

WORDS = Words(
    number_words={
        **{word: number for number, word in enumerate(_SMALL, start=1)},
        **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
        "couple": 2,
    },
    multipliers={"hundred": 100, "dozen": 12, "thousand": 1000, "million": 1_000_000, "k": 1000},
    digit_multipliers=("thousand", "million", "dozen", "k"),
    number_links=frozenset({"and"}),
    number_openers=frozenset({"a", "an"}),
    ordinals={
        **{word: number for number, word in enumerate(_NTH, start=1)},
        **{word: 10 * number for number, word in enumerate(_TENTHS, start=2)},
    },
    ordinal_ending="st|nd|rd|th",
    currency_names={
        "ringgits?": "MYR",
        "rupiahs?": "IDR",
        "pounds?(?: sterling)?": "GBP",
        "quid": "GBP",
        "singapore dollars?": "SGD",
        "(?:us )?dollars?|bucks": "USD",
        "euros?": "EUR",
    },
    half_more="and a half",
    hundredths={"sen": "MYR", "pence|p": "GBP", "cents?": "USD"},
    percent=r"%|per\s?cent|pct",
    half_price=r"half[ -]price|half off|half the price|50-50",
    units={
        "days?": Decimal(1),
        "nights?": Decimal(1),
        "weeks?|wks?": Decimal(7),
        "fortnights?": Decimal(14),
        "months?|mths?": Decimal(30),
        "quarters?": Decimal(90),
        "years?|yrs?": Decimal(365),
        "hours?|hrs?": Decimal(1) / 24,
    },
    single_units={
        "(?:a|one|each|every|per|the|this) (?:single )?day": Decimal(1),
        "(?:a|one|each|every|per) (?:single )?week|weekly": Decimal(7),
        "(?:a|one|each|every|per) fortnight": Decimal(14),
        "(?:a|one|each|every|per) (?:calendar )?month|monthly": Decimal(30),
        "half a year|half-year": Decimal(182),
        "(?:a|one|each|every|per) (?:calendar )?year|yearly|annually|per annum": Decimal(365),
    },
    unit_fillers="full|whole|calendar|consecutive|more|further|additional|long|of the",
    working="working|business|banking|office",
    span_before=(
        "for|for (?:just|only|up to|another|about)|within|after|in|of|than|lasts?|another"
        "|least|valid|hold|wait|takes?|is|give (?:you|them)|has|have|had|gets?|until"
    ),
    span_after="after|from|of|later|following|before|to|since|hold|long|is over|has passed|waiting",
    rate_before="per|each|every|a|an|in any|in a|in one|in",
    range_words="to|and|or|until|through",
    date_before="by|on|until|till|before|from|after|since|ends?|starts?|to",
    day_before_month="of",
    counted=(
        "of (?:them|these|those)|friends?|people|persons?|rewards?|vouchers?|referrals?"
        "|invitations?|invites?|codes?|coupons?|orders?|purchases?|times|claims?|bonus(?:es)?"
        "|members?|customers?|contacts?|sign-?ups?|credits?|payouts?"
    ),
    people=(
        "friends?|people|persons?|members?|customers?|visitors?|followers?|orders?|thanks|times"
        "|points?|words?|steps?|km|kilomet\\w+|met(?:er|re)s?|grams?|reviews?|fans|likes|views"
    ),
    counted_ordinally="referrals?|friends?|orders?|purchases?|invitations?|customers?|sign-?ups?",
    goal_before="after|(?:the |your |their |a )?first|once|beyond|above|over",
    limit_before=(
        "up to|at most|at the most|no more than|not more than|never more than|more than"
        "|max(?:imum)?(?: of| is|:)?|maximum number of \\w+ is|as many as|only|just|every"
        "|each|limit(?:ed)?(?: is| to| of|:)?|cap(?:ped)?(?: is| at| of|:)?|at least"
        "|min(?:imum)?(?: of)?|bring(?: us| in)?|invite|refer|recommend|introduce"
        "|once(?: you have| your)?|after|from|reach(?: your)?|the first|fewer than|over"
        "|exceed|beyond|earn|receive|get|collect|needs?|have|with|for|when|allow(?:ed|s)?"
        "|accept(?:ed|s)?|claim|redeem|use|until|per"
    ),
    limit_after=(
        "per|a|an|each|every|in|within|at most|at the most|max(?:imum)?|or more|or fewer|only"
        "|is the (?:limit|maximum)|join|have|order|buy|sign|place|and (?:you|we)|before"
        "|qualif"
    ),
    reference_before=(
        "sections?|clauses?|paragraphs?|articles?|steps?|pages?|versions?|chapters?|points?"
        "|parts?|items?|nos?\\.?|numbers?|act|annex|appendix|schedule|level|floor|unit|suite"
        "|lot|block|phase|rule|question|figure|table|room|edition|iso|order number|invoice"
        "|ref(?:erence)?\\.?"
    ),
    time_before="at|from|until|till|to|before|after|by|between",
    time_after=r"a\.?m\b\.?|p\.?m\b\.?|o'clock|noon|hrs\b",
    about_program=(
        "bring(?:s|ing)?\\b|people who|(?:get|receive|have) (?:no |not )?more than|sign up"
        "|friend|advocate|referr|refer\\b|refers\\b|invit|reward|voucher|coupon|discount"
        "|cod(?:e|es)\\b|link|claim|credit|bonus|commission|offer|program|campaign|promo"
        "|incentive|earn|gift|redeem|benefit|payout|paid out|hold(?:s|ing)?\\b|held|expir"
        "|valid|cashback|points|scheme|recommend|introduc|off\\b|sav(?:e|es|ing|ings)\\b"
        "|limited to|capped"
    ),
    about_benefit=(
        "cheaper|(?:pays?|paying) less|\\bgive\\b|gives\\b|both sides|new ?comers?|friend"
        "|advocate|reward|voucher|coupon|discount|referr|invit|off\\b|sav(?:e|es|ing|ings)\\b"
        "|earn|bonus|commission|cashback|credit|incentive|code|\\bget\\b|gets\\b|receive"
    ),
    about_else=(
        "logged in|log in|inactive|before any change|guideline|receipt|warehouse|parking"
        "|guarantee on|newsletter|refunds? (?:reach|take|are paid)|instal(?:l)?ments?"
        "|review (?:a|your) (?:dispute|complaint|request)|under 1\\d|roast|gift wrap|brew"
        "|steep|shelf life|best before|visit|training|tour\\b|lines are|phone line|hotline"
        "|open 24|around the clock|harvest|dispute|mediat|court|tribunal|bank holiday"
        "|payment terms|invoice|repl(?:y|ies|ied)|answer|respon(?:d|se)|get back|contact"
        "|call(?:s|ed|ing)?\\b|e-?mail us|appeal|complain|contest|disput|object|notice|notif"
        "|announce|inform you|tell you|let you know|year-old|years old|aged?\\b|old enough"
        "|founded|established|(?:we|shop|store) opened|was opened in|roast(?:ing|ed) for"
        "|in business"
        "|branch|employ|staff|outlet|store(?:s)? in|award"
        "|stor(?:e|ed|es) (?:your|the|this|these) \\w*|records?\\b|kept\\b"
        "|keep (?:your|the|this|these|a|all|personal)|retain|retention|delete|erase|archiv"
        "|personal data|cookie|privacy|law\\b|tax\\b|act\\b|exchange[ds]?\\b|warrant"
        "|guarantee period|opening hours|\\bopens? (?:at|every|daily|from)|closed|workshop"
        "|course|subscription|trial|business hours|combin|together with"
        "|same (?:household|address|person|order)|password|log in|session|maintenance"
        "|anniversary|serv(?:es|ings?)|cups?\\b|pack(?:s|et)?\\b|bag\\b|grams?|minutes"
    ),
    about_else_unless_reward=(
        "deliver(?:y|s)? takes|takes? (?:between|about|up to|\\d)|arrive|dispatch"
        "|delivered within|standard delivery|deliveries"
        "|payment methods?|bank transfers? (?:must|have to|needs?|takes?)|parcels?\\b"
        "|packages?\\b|ship(?:s|ped|ping)? (?:within|in|takes|time)|stock|event|club|class"
        "|return(?:ed|s|ing)?\\b|child"
    ),
    about_reward=(
        "rewards?\\b|vouchers?\\b|coupons?\\b|discounts?\\b|bonus|cashback|commissions?\\b"
        "|credits?\\b(?! card)|your code|your link|friend(?:s|'s)? (?:code|link)"
        "|referral (?:code|link)"
    ),
    about_other_money=(
        "gift wrap|wrapping|per item|a piece|repair|spare part|engraving|parking|loan"
        "|credit card|instal(?:l)?ment|subscription|tickets?\\b|admission|rent\\b|wholesale"
        "|down payment|instalments?|shares in|deliver(?:y|ies)|shipping|ships?\\b|postage"
        "|courier|handling|price[sd]?\\b|costs?\\b|retail|sst\\b|gst\\b|vat\\b|tax(?:es)?\\b"
        "|duty|fee\\b|fees\\b|surcharge|deposit|cotton|linen|wool|silk|arabica|cocoa|recycled"
        "|organic|natural|leather|handmade|original|genuine|authentic|satisf"
        "|of our (?:customers|members|orders|shoppers|staff|readers)|of (?:all )?customers"
        "|donat|charit|rounded|turnover|revenue|share capital|paid-up|salary|wage|fine of"
        "|penalty|interest|apr\\b|alcohol|humidity|battery|uptime|profits?|our sales"
        "|committed|sure\\b|effort|insur"
    ),
    about_other_dates=(
        "we(?:'re| are|'ve| have) mov(?:ing|ed)|relocat"
        "|for delivery|deliver(?:ed|y) (?:by|before)|in time for|before christmas|guideline"
        "|ministry|ruling|judg(?:e)?ment|edition|updated|amended|revised|as of|dated"
        "|founded|established|since|(?:we|shop|store) opened|was opened in|born|registered"
        "|incorporated"
        "|act\\b|regulation|directive|law\\b|enacted|in force|adopted|approved"
        "|closed (?:on|from|for)|except|holiday|version of|last changed|last reviewed"
        "|effective"
    ),
    clause_links="and|but|while|whereas|although|though",
    about_past=(
        "(?:has|have|had|'ve) |since|ago|old\\b|anniversary|history|(?:for|over) the (?:last|past)"
    ),
    about_lasting="link|claim|code|offer|friend|referr|invit|valid|expir",
    names_program=(
        "referral|(?:refer(?:s|ring)?|invit\\w*|recommend\\w*) (?:\\w+ ){0,3}friend"
        "|friend(?:s|'s)? (?:code|link)|(?:share|use) (?:your|the|their) (?:code|link|own code)"
        "|advocate|for (?:each|every) friend|bring a friend|give \\S+ \\S+,? get|your reward"
    ),
    names_people="friend|(?:you|they) (?:invite|refer|recommend)|invited by",
    says_gain=(
        "off\\b|discount|sav(?:e|es|ing)\\b|rewards?\\b|vouchers?\\b|credit|bonus|gets?\\b|earn"
        "|receiv|spend"
    ),
    small_words=(
        "the|an?|you|your|for|of|to|and|is|it|with|on|when|our|we|in|they|their|gets?|friends?|off"
    ),
    ends_of_year=r"(?:the )?end of (?:the|this) year|year[- ]end|new year's eve",
    roles=ROLES,
    **SPEECH,  # type: ignore[arg-type]
)
