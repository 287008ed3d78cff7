"""Languages in Latin letters, by their small words, endings and letters."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

SMALL: Final = {
    "en": "the a an is are was were i you he she it we they my your our their this that these of to in on for "
    "with at from by not no yes and or but if so do does did have has had can could would will when how what "
    "why where who please thanks thank hello hi me there been get got just still order refund want need don't "
    "i'm can't it's about which any help am be as up out now after again never because received",
    "es": "el la los las un una unos es son era está están estoy yo tú usted ustedes mi mis su sus este esta eso "
    "de del al en con por para sin no sí y o pero si que qué cómo cuándo dónde cuál porque muy más hola gracias "
    "favor quiero necesito puedo tengo tiene hay mi pedido todavía cuenta me se lo le ha he cuanto donde como",
    "fr": "le la les un une des est sont était je tu il elle nous vous ils mon ma mes votre vos ce cette ces de du "
    "au aux en dans avec pour par sur sans ne pas non oui et ou mais si que qui quoi comment quand où pourquoi "
    "très plus bonjour merci j'ai c'est n'est d'un l'ai commande suis ai avez toujours bonsoir qu'il remboursement",
    "de": "der die das den dem ein eine einen einem ist sind war ich du er sie es wir ihr mein meine ihre dieser "
    "diese von zu im in mit für auf an bei nach aus nicht kein keine ja nein und oder aber wenn dass was wie wann "
    "wo warum sehr mehr hallo danke bitte habe hat haben kann können möchte bestellung noch auch mich mir wurde",
    "pt": "o a os as um uma uns é são foi está estou eu você vocês ele ela nós meu minha meus seu sua este esta "
    "isso de do da dos das em no na nos nas com por para sem não sim e ou mas se que como quando onde porque muito "
    "mais olá obrigado obrigada quero preciso posso tenho tem pedido ainda ao pelo me já conta oi qual bom",
    "it": "il lo la i gli le un una uno è sono era io tu lei noi voi loro mio mia miei vostro questo questa di del "
    "della dei in nel nella con per da su senza non sì e o ma se che chi cosa come quando dove perché molto più "
    "ciao grazie prego vorrei ho hai ha posso ordine ancora mi ci si anche salve buongiorno rimborso al alla",
    "nl": "de het een is zijn was ik jij je u hij zij wij we mijn uw onze dit dat deze van naar in op met voor aan "
    "bij uit niet geen ja nee en of maar als dan wat hoe wanneer waar waarom heel meer hallo dank bedankt heb heeft "
    "kan wil graag bestelling nog ook mij er om te moet",
    "id": "yang dan di ke dari untuk dengan ini itu saya kamu anda kami mereka tidak bukan belum sudah akan bisa "
    "ada apa bagaimana kapan dimana kenapa mau ingin pesanan tolong terima kasih halo sangat lebih pada juga atau "
    "tapi jika kalau masih nya aku gak nggak min mohon uang barang belum",
    "vi": "là và của có không tôi bạn cho với này đó được đã sẽ đang ở trong từ khi nào sao tại như thế nhưng nếu "
    "hoặc rất hơn xin chào cảm ơn muốn cần đơn hàng mình các những vẫn chưa em anh chị tiền ạ gì bao giờ",
    "tr": "ve bir bu şu o ben sen siz biz için ile de da mi mı mu mü ne nasıl nerede neden değil var yok çok daha "
    "ama eğer ki gibi olarak merhaba teşekkürler lütfen istiyorum sipariş siparişim hala benim sizin nerde iade "
    "kadar sonra geldi hesabım ederim zaman",
    "pl": "i w na z do nie jest są był ja ty on ona my wy mój moja to ten ta że się jak kiedy gdzie dlaczego czy co "
    "dla od po ale lub jeśli bardzo więcej dzień dobry dziękuję proszę chcę mam zamówienie jeszcze mi już",
    "sv": "och att det är en ett jag du han hon vi ni min mitt din detta den som på i av för med till från inte nej "
    "ja men om hur när var varför mycket mer hej tack vill har kan beställning min fortfarande",
    "ms": "yang dan di ke dari untuk dengan ini itu saya awak anda kami mereka tidak bukan belum sudah akan boleh "
    "ada apa bagaimana bila mana kenapa mahu pesanan tolong terima kasih lagi juga atau tapi jika encik cik wang",
    "tl": "ang ng mga sa na ay ako ikaw siya kami kayo sila ko mo po hindi wala may ano paano kailan saan bakit "
    "gusto pa naman lang salamat kumusta ito yung yan at kung pero para order nasaan",
}
_PROFILES: Final = {code: frozenset(words.split()) for code, words in SMALL.items()}

# Letters that few of these languages have: worth a small word each.
LETTERS: Final = {
    **dict.fromkeys("ñ¿¡", ("es",)),
    **dict.fromkeys("ãõ", ("pt",)),
    "ç": ("pt", "fr", "tr"),
    "ß": ("de",),
    **dict.fromkeys("äü", ("de",)),
    "ö": ("de", "tr", "sv"),
    "å": ("sv",),
    **dict.fromkeys("ığş", ("tr",)),
    **dict.fromkeys("êèàù", ("fr", "it")),
    **dict.fromkeys("œëîû", ("fr",)),
    **dict.fromkeys("ąęłńśźż", ("pl",)),
    **dict.fromkeys("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", ("vi",)),
}
UNSURE: Final = "und"
FALLBACK: Final = "en"


def detect(text: str) -> str:
    """English where plain letters say nothing else and there are words at all; ties go to the first."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    scores = dict.fromkeys(_PROFILES, 0.0)
    for word in words:
        owners = [code for code, profile in _PROFILES.items() if word in profile]
        for code in owners:
            # A word that few languages share says more.
            scores[code] += 1 / len(owners)
    for letter in text.lower():
        for code in LETTERS.get(letter, ()):
            scores[code] += 0.6 / len(LETTERS[letter])
    best = max(scores, key=lambda code: scores[code])
    if scores[best] > 0:
        return best
    known = any(len(word) > 1 for word in words) and text.isascii()
    return FALLBACK if known else UNSURE
