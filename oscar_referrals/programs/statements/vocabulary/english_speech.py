"""How people write English to each other, and how they deny."""

from __future__ import annotations

SPOKEN = {
    **{"u": "you", "ur": "your", "yr": "your", "urs": "yours", "ya": "you", "thru": "through"},
    **dict.fromkeys(
        ("mate", "pal", "buddy", "bestie", "cousin", "sister", "brother", "colleague")
        + ("neighbour", "neighbor", "flatmate", "mum", "mom", "dad", "aunt", "uncle"),
        "friend",
    ),
    **dict.fromkeys(("mates", "pals", "buddies", "besties", "folks", "peeps"), "friends"),
    **{"a tenner": "ten pounds", "tenner": "ten pounds", "a fiver": "five pounds"},
    **{"fiver": "five pounds", "min.": "minimum", "min": "minimum", "mth": "month"},
    **{"a full year": "one year", "a whole year": "one year", "a full month": "one month"},
    **{"programme": "program", "till": "until", "vouch": "voucher", "refs": "referrals"},
}

SPEECH = {
    "about_spending": (
        "spen[dt]|orders?\\b|purchase|basket|cart\\b|minimum|max(?:imum)?\\b|at (?:least|most)"
        "|up to|limit|cap\\b|capped|budget|in total|first\\b|pays?\\b|each side|both\\b"
        "|for you\\b|for me\\b|yours?\\b.{0,12}(?:after|when)|ceiling|threshold|qualif"
        "|checkout|paid|payment\\b|less\\b|pocket|wallet|account|milestone|extra|per friend"
        "|share|click"
        "|link|wait|pending|why\\b|passed|are over|is over"
        "|ends?\\b|clos(?:e|es|ing)\\b|start|join|take part|use\\b|give|open\\b|last day|come[s ]"
        "|most\\b|reach|collect|bring|to use|claim|within a year"
    ),
    "about_goods": (
        "gift (?:box|set|card|bag|basket|voucher)|newsletter|stamps?\\b|coffee club|liabilit"
        "|(?:warehouse|clearance|garden|summer|winter) sale|consignment|insured|raffle"
        "|lucky draw|quiz"
        "|stickers?\\b|giveaway|student|made in|per (?:box|pair|pack|item|bottle|kg)|a pair\\b"
        "|apiece|a piece|(?:was|were) \\S{1,4} ?[\\d.,]+,? now|while stocks? last|flash sale"
        "|buy (?:two"
        "|three|2|3)|sizes?\\b|colou?rs\\b|portion|refund|party|birthday|scented|candle (?:trio"
        "|set)"
    ),
    "about_products": (
        "skin ?care|perfumes?\\b|handbags?\\b|totes?\\b|coats?\\b|jackets?\\b|scar(?:f|ves)\\b"
        "|shoes\\b|sneakers|shirts?\\b|dress(?:es)?\\b|jeans|sofas?\\b|lamps?\\b|mugs?\\b"
        "|kettles?\\b|blankets?\\b|(?:new|winter|summer|spring|autumn) collection"
        "|homeware|kitchenware|tableware|cookware|stationery|click(?:-| )(?:and|&)(?:-| )collect"
        "|off (?:everything|(?:all|selected|any|every|one) (?:items?|products?|styles?|goods))\\b"
        "|black friday|cyber monday|boxing day|(?:\\w+day|mid-?year|year-end|end-of-\\w+|mega"
        "|anniversary|merdeka|raya|festive|christmas|weekend|\\d+\\.\\d+) sale"
    ),
    "about_own": (
        "links?\\b|(?:my|your) (?:\\w+ )?code|first\\b|both\\b|earn|minimum|referr|sign\\w* up"
        "|through me|sav(?:e|es|ing)\\b"
    ),
    "meant_for": "for|off|on|per|from|of",
    "how_many": "how (?:many|often)|limit|maximum|cap\\b|the most",
    "limit_is": "is the (?:\\w+ )?(?:limit|max(?:imum)?|cap|most)|max\\b|tops",
    "at_most": "never more|no more than|at most|up to|exceed|capped|maximum of|most",
    "spoken": SPOKEN,
    "denied_before": (
        "(?:not|isn't|isnt|wasn't|aren't|no longer|never|instead of|rather than|n?either|nor"
        "|(?:up|down|away|raised|lowered|increased|reduced|changed) from)"
        "(?: (?:just|only|a|an|the|another|about|merely|for|your|measly))*"
    ),
    "below": "below|under|less than|smaller than|beneath",
    "too_little": (
        "(?:is|are|was|were|would be)?(?: still)? ?(?:not enough|n't enough|too (?:little|low"
        "|small)|short)"
        "|(?:isn't|aren't|wasn't) enough|(?:won't|doesn't|does not|will not|didn't) (?:do|count"
        "|qualify|work|cut it|suffice)"
    ),
    "supposed": (
        "what if|what happens (?:if|when)|and if|suppose|if (?:my|a|the|your) (?:friend|order"
        "|basket)"
        "(?:'s)?"
    ),
    "answers_no": "no|nope|nah|not (?:quite|at all|any more)|wrong|sorry, no|never",
    "elapsed_after": "ago|already|have passed already",
    "so_far_before": "(?:been|waited|waiting|already)(?: for| now)?",
    "former": (
        "used to(?: be)?|last \\w+(?:'s| campaign| program| offer)|(?:has|have|had"
        "|already) (?:ended|stopped)"
        "|which (?:ended|stopped|ran)|last (?:year|month|season|summer|winter|spring|autumn|time"
        "|week)(?:'s)?"
        "|previous(?:ly)?|former(?:ly)?|originally|back then|i thought|thought (?:it was|i|you)"
        "|(?:i|we) (?:expected|assumed|guessed|heard)|rumou?r|in the old|old (?:offer|program"
        "|rules?"
        "|scheme|terms|campaign)|early 20\\d\\d|was(?=.*\\bnow\\b)|were(?=.*\\bnow\\b)"
        "|misprint|typo|by mistake|wrongly"
    ),
    "former_after": (
        "last (?:year|month|season|summer|winter|spring|autumn|time)|back then|in the past"
        "|any ?more|no longer|is (?:wrong|a typo|a misprint|not (?:right|true|correct))"
    ),
    "elsewhere": (
        "(?:another|other|any other|different|most) (?:shops?|stores?|brands?|programs?|schemes?"
        "|companies)|competitors?|elsewhere|next door|across the (?:street|road)|down the road"
        "|rivals?|their program|my bank|your bank"
    ),
    "but_now": "now|today|but|nope|actually|turns out|these days|this year|ours|our|we|here",
    "own_spending": (
        "vouchers?\\b|credits?\\b|rewards?\\b|redeem|when (?:i|you) (?:use|spend) (?:it|your)"
    ),
    "denials": {
        "no_minimum": (
            "(?:no|without(?: a| any)?|zero|isn't (?:a|any)|not (?:a|any))(?: such)?"
            " minimum(?! (?:for|to) (?:shar|join|invit|tak|sign))(?: (?:spend|order|purchase"
            "|basket|value|amount))*"
            "|(?:any|every) order(?: size)?(?:,| will| does)? (?:counts?|qualifies|do(?:es)?)"
            "|no matter how (?:small|little)|however (?:small|little)|whatever (?:you|they) spend"
            "|regardless of (?:the )?(?:order|basket)(?: size| value| total)?"
            "|(?:order|basket)s? of any (?:size|value|amount)|any amount",
            "",
        ),
        "no_maximum": (
            "no (?:maximum|cap|upper limit|ceiling|limit)|uncapped|without (?:a |any )?(?:cap|limit"
            "|maximum|ceiling|upper limit)|unlimited|not capped|isn't capped|no,? the more",
            "discount|off\\b|\\d+ ?%|per ?cent|credit (?:per|for each|on each)|capped",
        ),
        "no_limit": (
            "unlimited|(?:isn't|is not|aren't) any (?:limit|cap)|no (?:monthly |yearly |annual "
            "|daily |upper )?(?:limits?|cap)"
            "|as (?:many|often|much)(?: \\w+)? as you (?:like|want|can|wish|please)"
            "|no maximum number|limitless|endless|without (?:a |any )?limits?"
            "|(?:there is|there's) no (?:monthly |yearly |annual )?(?:limit|cap|maximum)",
            "friend|people|invit|refer|reward|voucher|earn|collect|bring|how (?:many|often)|month"
            "|year|credit",
        ),
        "no_expiry": (
            "never (?:expires?|runs? out|lapses?|ends?)|(?:doesn't|does not|don't|do not|won't"
            "|will not) (?:ever )?(?:expire|run out|lapse)|no expiry(?: date)?|without expiry"
            "|valid forever|yours? forever|forever|(?<=\\?\\s)never|never(?=\\W*$)"
            "|no (?:use-by|expiration) date|indefinitely|for life",
            "voucher|credit|reward|points",
        ),
        "no_hold": (
            "(?:zero|no|without(?: any)?) (?:waiting|wait|hold|delay)(?: (?:time|period))?"
            "|(?:the )?(?:same|very) (?:day|minute|moment|second)|instantly|immediately"
            "|straight ?away|right away|at once|on the spot|in real time",
            "(?:reward|credit|voucher|bonus)s?\\b.*\\b(?:paid|pays|arrive|land|get|got|come"
            "|is (?:in|yours"
            "|there)|released|available|issued|added|credited|posted|wait|book)|(?:get|got"
            "|receive|have"
            "|credit(?:ed)?|pay|paid|issue|release|add) .*\\b(?:reward|credit|voucher|bonus)"
            "|paid out",
        ),
        "no_end": (
            "no end date|no closing date|open[- ]ended|never ends|runs? (?:forever|indefinitely)"
            "|without (?:an )?end(?: date)?|no deadline|doesn't end|does not end|won't end"
            "|goes on (?:forever|indefinitely)|all year round",
            "program|offer|campaign|scheme|promotion|refer|invit|it\\b",
        ),
    },
}
