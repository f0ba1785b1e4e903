"""What says in English what a figure is."""

from __future__ import annotations

from oscar_referrals.programs.statements.vocabulary.role_words import RoleWords

ROLES = RoleWords(
    fillers="an?|the|your|their|my|his|her|our|just|only|exactly|another|further|extra|full|of",
    order_fillers="an?|the|just|only|another|total|of|some",
    worth_before=(
        "sav(?:e|es|ing)|gets?|receiv(?:e|es|ing)|earn(?:s|ing)?(?: you)?|pockets?|giv(?:e|es"
        "|ing)|enjoys?|wins?|brings? you|sends? you|bags?|collects?|credit you with|unlocks?"
        r"|(?<!it\s)takes?|(?:starts?|thanked) with"
        "|adds?|(?:spend|use|redeem) (?:your|the|this)|(?:drops?|falls?|reduced|cheaper"
        "|less) by|(?:discount|voucher|coupon|reward|bonus|cashback|store credit"
        "|credit)s?(?: (?:of|worth)|:)?"
    ),
    worth_after=(
        r"off\b|less\b|cheaper|(?:comes?|came|is|are) (?:off|deducted|yours|added)"
        r"|(?:\w+ )?(?:discount|voucher|coupon|reward|bonus|cashback|store credit)\b|credit\b"
        "|(?:in|as|of) (?:store )?(?:credit|rewards?|vouchers?)|to spend|is taken off"
        r"|applies\b|(?:per|for (?:each|every)) (?:\w+ )?(?:friend|referral)|(?:each"
        "|every) time|lands? in|goes? (?:off|to you)"
    ),
    minimum_before=(
        "spend(?:s|ing)?(?: (?:at least|a minimum of|more than|less than|over|above))?"
        "|(?:anything |orders? worth )?between|it takes"
        "|(?:orders?"
        r"|baskets?|purchases?|carts?|spend)(?: (?!earns?|brings?|gets?)\w+){0,2}? (?:of|over"
        "|above|below|under|worth|from)(?: (?:at least|more than))?|(?:basket|cart|order"
        r"|total)(?: \w+){0,3} (?:comes?|reach(?:es)?|adds? up|amounts?)(?: to)?(?: at least)?"
        "|minimum(?: (?:spend|order|purchase|basket))?(?: (?:of|is)|:)?|at least|below|under"
        "|(?:must|ha(?:s|ve) to|needs? to) (?:reach|hit|be|cost|total)|spent|buys? for"
    ),
    minimum_after=(
        r"at least|is the (?:least|minimum)|(?:or|and) (?:more|above|over|up)\b|minimum"
        r"|(?:order|basket|purchase|spend)s?\b|in (?:the|your|their) basket"
    ),
    maximum_before=(
        r"up to|max(?:imum|\.)?(?: (?:discount|saving))?(?: (?:of|is)|:)?|at most"
        r"|(?:no|not|never) more than|exceeds?|capped at"
        r"|cap (?:of|is|at)|limit(?:ed)? (?:to|of|is|at)|most (?:\w+ ){0,6}(?:is"
        "|save|get)"
    ),
    maximum_after=r"at (?:the )?most|max(?:imum)?\b|is the (?:most|maximum)",
    for_whom=r"for (?:you|them|your friends?|friends?)\b",
    total=(
        "total|budget|altogether|in all|a year|per year|a month|per month|in any|yearly|set aside"
    ),
    minimum_subject=(
        r"minimum|spend\b|basket|threshold|(?:smallest|lowest|least) (?:order|basket|amount)"
    ),
    worth_subject="discount|reward|voucher|bonus|credit|cashback|saving",
    maximum_subject=r"maximum|cap\b|limit|most\b|greatest|largest|highest|biggest",
    copula="is|are|was|=|:|equals|stands at|amounts to|comes to",
    friend_gets=(
        "(?:friend|newcomer|new customer|people you invite|person you invite"
        r"|who you invite)s?(?! you\b)(?: (?!you\b|and\b|or\b|brings?\b"
        r"|earns? you)\w+){0,4}? (?:gets?|saves?|receives?|enjoys?|takes?|pays?|is given"
        "|are given)"
    ),
    friend_after=r"off (?:\w+ ){0,2}first (?:order|purchase)",
    advocate=r"(?:you|members?|advocates?)(?: \w+){0,2} earn|rewards?\b|commission",
    advocate_gets=(
        r"(?:advocate|referrer|inviter|referring (?:customer|member|party))s?"
        r"(?: (?!and\b|or\b)\w+){0,3}? (?:gets?|receives?|earns?|is (?:given|credited|granted))"
    ),
    gives=r"give (?:\w+ ){0,3}?\D{0,3}\d",
    then_gets="(?:and |then )?get",
    either=(
        "both|each side|either|welcome|friend(?:s|'s)? (?:rewards?|gets?)|new ?comer|respectively"
    ),
    hold=(
        "(?:we|is|are|be|on|put on) (?:hold|held)|held (?:for|back)|hold(?:ing)? (?:your|the"
        "|each|it|all)|pending|before we release|(?:is|are|be|been) released|paid out"
        r"|wait(?:ing)?\b"
        r"|holding period|hold period|hold\b(?= (?:is|of|lasts))|-day hold"
    ),
    spendable="vouchers?|coupons?|rewards?|store credit|credits?|bonus",
    expires=r"valid|expir|laps|good for|runs?\b|lasts?\b",
    use_before=r"(?:use|spend|redeem)\w*\b[^,;]*\b(?:within|inside|in|for)",
    use_after=r"(?:\w+ )?to (?:use|spend|redeem)",
    window=(
        r"(?:once|after|having) (?:\w+ )?claim(?:ed|ing)?|claims? (?:\w+ ){0,2}(?:stay|remain"
        r"|is|are)|links?\b|attribution|after (?:\w+ ){0,2}clicks?|click"
    ),
    wind_down=(
        "(?:program|programme|scheme|campaign|offer)(?: (?:is|has|was|were|been))? (?:end"
        r"|clos|stop|withdraw)\w*|(?:end|close|stop)s? the (?:program|scheme|campaign)"
        r"|honou?red|if we (?:end|close|stop)|wind(?:s|ing)?\b"
    ),
    condition_before=(
        "at least|minimum(?: (?:spend|order|purchase|basket))?(?: (?:of|is)|:)?|above|over|from"
        "|below|under|less than|more than|(?:must|ha(?:s|ve) to|needs? to) (?:reach|hit|be|cost"
        "|total|come to|spend)|(?:reach|hit|exceed)(?:es|s)?"
    ),
    condition_after=r"(?:or|and) (?:more|above|over|up|upwards?)\b|upwards?\b|minimum|at least",
    own_order=(
        r"vouchers?\b|credits?\b|rewards?\b|redeem|next order|your (?:own|next)|for you\b"
        r"|coupon you earn"
    ),
    friend_order=(
        r"friends?(?:'s|')?\b|first (?:order|purchase|basket)|new ?comers?|new customers?"
        r"|invited|qualif|referred|(?:you|they) (?:invite|bring|refer)"
    ),
    both="both|each side|each of you|respectively|either of you|either side",
    for_friend=r"(?:\w+ ){0,3}for (?:your |a |the |my )?(?:friends?|them|him|her)\b",
    per_friend=(
        r"(?:for|per) (?:each|every|any)?(?: \w+)? ?(?:friends? (?:who|that|you|of|brought)"
        r"|referral"
        r"|person|people)|per friend|(?:for )?(?:each|every) (?:\w+ )?(?:friend|time|referral)"
        r"|when(?:ever)? (?:your|a|the) friends?|next order|thank(?:s| ?-?you)"
    ),
    you_get=(
        r"you(?:'ll| will| also| then| both)? (?:gets?|earns?|receives?|pockets?|takes?|saves?"
        r"|bag|collect)"
    ),
    for_you=r"(?:\w+ ){0,2}for (?:you|yourself)\b",
    i_get=r"(?:i|i'll|i will|i also) (?:gets?|got|earn(?:ed)?|receive(?:d)?|pockets?|bag|collect)",
    for_me=r"(?:\w+ ){0,2}for (?:me|myself)\b",
    me_too=r"(?:i|i'll|i will|i also) (?:gets?|got|earn|receive|pocket)|for me\b|gets? me\b",
    you_too=r"you(?:'ll| will| also)? (?:gets?|save|receive|have)|for you\b",
    friend_too=(
        r"(?:friends?|they|he|she|the newcomer)(?:'ll| will| also| then)? (?:gets?|saves?|receives?"
        r"|takes?|enjoys?|pays?)|for (?:your |a |the )?(?:friends?|them)\b"
    ),
    credit_word=r"credits?\b",
    voucher_word=r"voucher\b(?!.*\b(?:friend|first|new|welcome|code))",
    discount_word=r"off\b|discount|less\b|cheaper",
    window_after=(
        r"(?:after|of|from|following|since|once)\b(?: [\w']+){0,4}? (?:click|tap|link|open(?:ed"
        r"|ing)"
        r"|claim|accept|invit)|to (?:order|buy|shop|place|check ?out|make (?:the|a|their|your|up)"
        r"|decide|purchase)"
    ),
    validity_after=(
        r"(?:after|from|of|since|once)\b(?: [\w']+){0,5}? (?:issue|receiv|credited|granted"
        r"|get(?:s|ting)? (?:it|them)|got (?:it|them)|arriv|land|earn)|to (?:spend|use"
        r"|redeem)(?! (?:\w+ )?(?:discount|offer|code|link))"
    ),
    hold_after=(
        r"(?:after|from|following|since|once|past|later|of)\b(?: [\w']+){0,5}? (?:paid|pays?\b"
        r"|payments?|order(?:ed|s)?\b|purchase|bought|buys?\b|deliver)"
    ),
    link=r"(?:and|but|while|plus|or)\b",
    grace=r"wind(?:s|ing)?\b|grace|honou?r|still\b|pending claims|open claims",
    grace_until=(
        r"wind(?:ing)?(?: |-)?down (?:period )?(?:(?:(?:that )?(?:runs?|lasts?|goes on|continues?"
        r"|is|ends?|closes) )?(?:until|through)(?: and including)?|(?:ends?|closes) (?:on|by)) $"
    ),
    hold_question=(
        r"when|how (?:soon|quick|fast)|how long (?:do|does|must|will|until|till|before|is the wait"
        r"|is the hold)"
    ),
)
