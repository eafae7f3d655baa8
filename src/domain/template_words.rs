//! The phrases that template lines are known by, in lower case, separated by bars.
//!
//! May use: nothing. Invariant: each is one that newsrooms' pages use around an article, not in it.

/// Beside the word cookie.
pub(super) const CONSENT: &str = "consent|settings|we use|akzeptieren|einstellungen|verwende|nutzt|nutzen|accepter|utilise|utilisons|\
    paramètres|aceptar|utiliza|configura|accetta|accettare|utilizziamo|accepteren|gebruik|akceptuj|\
    plików|aceitar|принять|использует|accept all|accept cookies|you accept|agree to|site uses|page uses";
/// Links of the foot.
pub(super) const PRIVACY: &str = "privacy policy|privacy|terms of use|terms and conditions|terms of service|cookie policy|\
    do not sell my personal information|datenschutz|datenschutzerklärung|impressum|agb|\
    nutzungsbedingungen|mentions légales|politique de confidentialité|conditions d’utilisation|\
    conditions d'utilisation|política de privacidad|aviso legal|informativa sulla privacy|privacybeleid|\
    polityka prywatności|política de privacidade|политика конфиденциальности";
/// Above advertisements.
pub(super) const ADVERTISING: &str = "advertisement|advertisements|ad|ads|sponsored|sponsored content|promoted|\
    story continues below advertisement|article continues below|anzeige|werbung|publicité|annonce|\
    publicidad|pubblicità|advertentie|reklama|publicidade|реклама|skip advertisement";
/// Buttons.
pub(super) const SHARING: &str = "share this|share on|share via|share article|share by|tweet this|email this|send by e-mail|\
    print this|copy link|follow us|teilen|artikel teilen|auf facebook teilen|drucken|folgen sie uns|\
    partager|suivez-nous|compartir|síguenos|condividi|seguici|delen|volg ons|udostępnij|compartilhar|\
    поделиться";
/// Letters and subscriptions.
pub(super) const SUBSCRIBING: &str = "sign up for|subscribe to|subscribe now|newsletter|get unlimited access|already a subscriber|\
    jetzt abonnieren|abonnieren sie|kostenlos testen|abonnez-vous|s’abonner|s'abonner|inscrivez-vous|\
    suscríbete|iscriviti|abbonati|abonneer|zapisz się|assine|подпишитесь|подписаться";
/// Before the title of something else.
pub(super) const READING_ON: &str = "read more|read also|read next|also read|see also:|more on this|related:|watch:|listen:|click here|\
    lesen sie auch|lesen sie hier|mehr dazu|mehr zum thema|lire aussi|à lire aussi|en savoir plus|\
    lea también|leer más|leggi anche|lees ook|lees meer|czytaj także|czytaj też|leia também|\
    читайте также";
/// Headings of lists of links.
pub(super) const RELATED: &str = "related|related articles|related topics|related stories|related content|more from|most read|\
    most popular|trending|trending now|recommended|recommended for you|you may also like|up next|\
    latest news|top stories|more stories|topics|tags|back to top|das könnte sie auch interessieren|\
    meistgelesen|ähnliche artikel|themen|zur startseite|sur le même sujet|les plus lus|articles liés|\
    relacionado|noticias relacionadas|lo más leído|articoli correlati|i più letti|gerelateerd|\
    meest gelezen|powiązane|relacionadas|mais lidas|по теме";
/// Signing in, and the head of a page.
pub(super) const ACCOUNT: &str = "log in|login|sign in|sign up|register|my account|log out|anmelden|registrieren|abmelden|mein konto|\
    se connecter|connexion|mon compte|iniciar sesión|accedi|registrati|inloggen|zaloguj się|entrar|\
    войти|search|menu|skip to content|skip to main content|suche|zum inhalt springen|recherche|buscar|\
    cerca|zoeken";
/// Of the foot.
pub(super) const COPYRIGHT: &str = "all rights reserved|©|copyright 19|copyright 20|alle rechte vorbehalten|tous droits réservés|\
    todos los derechos reservados|tutti i diritti riservati|alle rechten voorbehouden|\
    wszelkie prawa zastrzeżone|todos os direitos reservados|все права защищены";
/// Notes of pages that take over.
pub(super) const PUBLISHED: &str = "was first published on|was first published in|was originally published|first appeared on|\
    first appeared in|zuerst erschienen|erschien zuerst|publié pour la première fois|\
    publicado originalmente|pubblicato originariamente";
/// Before the name of a photographer.
pub(super) const CREDIT: &str = "photo:|photos:|photograph:|photo by|picture:|image:|credit:|image source|illustration:|foto:|bild:|\
    bildquelle|crédit|photo ©|foto ©|zdjęcie:|фото:";
/// Behind it.
pub(super) const AGENCIES: &str = "getty images|afp|reuters|ap photo|epa|epa-efe|dpa|shutterstock|imago|sputnik|anadolu|\
    picture alliance";
/// Names on buttons.
pub(super) const NETWORKS: &str = "facebook|twitter|x|whatsapp|linkedin|instagram|telegram|pinterest|reddit|e-mail|email|youtube|\
    tiktok|bluesky|mastodon|threads|print|rss";
/// Controls.
pub(super) const PLAYER: &str = "play video|play|pause|mute|unmute|fullscreen|video|gallery|open image in gallery|enlarge image|\
    close|now playing|bild vergrößern|next|previous";
/// With a number or without.
pub(super) const COMMENTS: &str = "comment|comments|show comments|view comments|leave a comment|join the conversation|kommentar|\
    kommentare|kommentare anzeigen|commentaires|comentarios|commenti|reacties|komentarze|comentários|\
    комментарии";
/// With a number.
pub(super) const READING_TIME: &str = "min read|minute read|minutes read|min. lesezeit|lesezeit|min de lecture|temps de lecture|\
    min de lectura|tempo di lettura|leestijd";
