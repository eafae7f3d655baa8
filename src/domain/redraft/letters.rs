//! Letters with a mark, and the letter and the mark that they are made of: what Unicode calls canonical
//! decomposition, for comparing words that were written in either way.
//!
//! May use: std. Invariant: a table of facts of the Unicode character database, nothing of it is ever
//! written into a text. Known limits: no CJK compatibility ideographs; marks are put in order only where
//! they stand in the first block of combining marks.

use std::collections::HashMap;

/// For each mark, letters with it, each before the letter without it.
const WITH_MARK: &[(char, &str)] = &[
    (
        '\u{300}',
        "ÀAÈEÌIÒOÙUàaèeìiòoùuǛÜǜüǸNǹnЀЕЍИѐеѝиḔĒḕēṐŌṑōẀWẁwẦÂầâẰĂằăỀÊềêỒÔồôỜƠờơỪƯừưỲYỳyἂἀ\
         ἃἁἊἈἋἉἒἐἓἑἚἘἛἙἢἠἣἡἪἨἫἩἲἰἳἱἺἸἻἹὂὀὃὁὊὈὋὉὒὐὓὑὛὙὢὠὣὡὪὨὫὩὰαὲεὴηὶιὸοὺυὼωᾺΑῈΕῊΗ῍᾿ῒϊῚΙ\
         ῝῾ῢϋῪΥ῭¨ῸΟῺΩ",
    ),
    (
        '\u{301}',
        "ÁAÉEÍIÓOÚUÝYáaéeíióoúuýyĆCćcĹLĺlŃNńnŔRŕrŚSśsŹZźzǗÜǘüǴGǵgǺÅǻåǼÆǽæǾØǿø\u{344}\
         \u{308}΅¨ΆΑΈΕΉΗΊΙΌΟΎΥΏΩΐϊάαέεήηίιΰϋόούυώωϓϒЃГЌКѓгќкḈÇḉçḖĒḗēḮÏḯïḰKḱkḾMḿmṌÕṍõṒŌṓ\
         ōṔPṕpṸŨṹũẂWẃwẤÂấâẮĂắăẾÊếêỐÔốôỚƠớơỨƯứưἄἀἅἁἌἈἍἉἔἐἕἑἜἘἝἙἤἠἥἡἬἨἭἩἴἰἵἱἼἸἽἹὄὀὅὁὌὈὍὉὔ\
         ὐὕὑὝὙὤὠὥὡὬὨὭὩ῎᾿῞῾",
    ),
    ('\u{302}', "ÂAÊEÎIÔOÛUâaêeîiôoûuĈCĉcĜGĝgĤHĥhĴJĵjŜSŝsŴWŵwŶYŷyẐZẑzẬẠậạỆẸệẹỘỌộọ"),
    ('\u{303}', "ÃAÑNÕOãañnõoĨIĩiŨUũuṼVṽvẪÂẫâẴĂẵăẼEẽeỄÊễêỖÔỗôỠƠỡơỮƯữưỸYỹy"),
    (
        '\u{304}',
        "ĀAāaĒEēeĪIīiŌOōoŪUūuǕÜǖüǞÄǟäǠȦǡȧǢÆǣæǬǪǭǫȪÖȫöȬÕȭõȰȮȱȯȲYȳyӢИӣиӮУӯуḠGḡgḸḶḹḷṜṚṝṛᾱα\
         ᾹΑῑιῙΙῡυῩΥ",
    ),
    ('\u{306}', "ĂAăaĔEĕeĞGğgĬIĭiŎOŏoŬUŭuЎУЙИйиўуӁЖӂжӐАӑаӖЕӗеḜȨḝȩẶẠặạᾰαᾸΑῐιῘΙῠυῨΥ"),
    (
        '\u{307}',
        "ĊCċcĖEėeĠGġgİIŻZżzȦAȧaȮOȯoḂBḃbḊDḋdḞFḟfḢHḣhṀMṁmṄNṅnṖPṗpṘRṙrṠSṡsṤŚṥśṦŠṧšṨṢṩṣṪTṫt\
         ẆWẇwẊXẋxẎYẏyẛſ",
    ),
    (
        '\u{308}',
        "ÄAËEÏIÖOÜUäaëeïiöoüuÿyŸYΪΙΫΥϊιϋυϔϒЁЕЇІёеїіӒАӓаӚӘӛәӜЖӝжӞЗӟзӤИӥиӦОӧоӪӨӫөӬЭӭэӰУӱу\
         ӴЧӵчӸЫӹыḦHḧhṎÕṏõṺŪṻūẄWẅwẌXẍxẗt",
    ),
    ('\u{309}', "ẢAảaẨÂẩâẲĂẳăẺEẻeỂÊểêỈIỉiỎOỏoỔÔổôỞƠởơỦUủuỬƯửưỶYỷy"),
    ('\u{30a}', "ÅAåaŮUůuẘwẙy"),
    ('\u{30b}', "ŐOőoŰUűuӲУӳу"),
    ('\u{30c}', "ČCčcĎDďdĚEěeĽLľlŇNňnŘRřrŠSšsŤTťtŽZžzǍAǎaǏIǐiǑOǒoǓUǔuǙÜǚüǦGǧgǨKǩkǮƷǯʒǰjȞHȟh"),
    ('\u{30f}', "ȀAȁaȄEȅeȈIȉiȌOȍoȐRȑrȔUȕuѶѴѷѵ"),
    ('\u{311}', "ȂAȃaȆEȇeȊIȋiȎOȏoȒRȓrȖUȗu"),
    ('\u{313}', "ἀαἈΑἐεἘΕἠηἨΗἰιἸΙὀοὈΟὐυὠωὨΩῤρ"),
    ('\u{314}', "ἁαἉΑἑεἙΕἡηἩΗἱιἹΙὁοὉΟὑυὙΥὡωὩΩῥρῬΡ"),
    ('\u{31b}', "ƠOơoƯUưu"),
    (
        '\u{323}',
        "ḄBḅbḌDḍdḤHḥhḲKḳkḶLḷlṂMṃmṆNṇnṚRṛrṢSṣsṬTṭtṾVṿvẈWẉwẒZẓzẠAạaẸEẹeỊIịiỌOọoỢƠợơỤUụuỰƯ\
         ựưỴYỵy",
    ),
    ('\u{324}', "ṲUṳu"),
    ('\u{325}', "ḀAḁa"),
    ('\u{326}', "ȘSșsȚTțt"),
    ('\u{327}', "ÇCçcĢGģgĶKķkĻLļlŅNņnŖRŗrŞSşsŢTţtȨEȩeḐDḑdḨHḩh"),
    ('\u{328}', "ĄAąaĘEęeĮIįiŲUųuǪOǫo"),
    ('\u{32d}', "ḒDḓdḘEḙeḼLḽlṊNṋnṰTṱtṶUṷu"),
    ('\u{32e}', "ḪHḫh"),
    ('\u{330}', "ḚEḛeḬIḭiṴUṵu"),
    ('\u{331}', "ḆBḇbḎDḏdḴKḵkḺLḻlṈNṉnṞRṟrṮTṯtẔZẕzẖh"),
    (
        '\u{338}',
        "↚←↛→↮↔⇍⇐⇎⇔⇏⇒∄∃∉∈∌∋∤∣∦∥≁∼≄≃≇≅≉≈≠=≢≡≭≍≮<≯>≰≤≱≥≴≲≵≳≸≶≹≷⊀≺⊁≻⊄⊂⊅⊃⊈⊆⊉⊇⊬⊢⊭⊨⊮⊩⊯⊫⋠≼⋡≽⋢⊑\
         ⋣⊒⋪⊲⋫⊳⋬⊴⋭⊵⫝̸⫝",
    ),
    ('\u{342}', "ἆἀἇἁἎἈἏἉἦἠἧἡἮἨἯἩἶἰἷἱἾἸἿἹὖὐὗὑὟὙὦὠὧὡὮὨὯὩᾶα῁¨ῆη῏᾿ῖιῗϊ῟῾ῦυῧϋῶω"),
    (
        '\u{345}',
        "ᾀἀᾁἁᾂἂᾃἃᾄἄᾅἅᾆἆᾇἇᾈἈᾉἉᾊἊᾋἋᾌἌᾍἍᾎἎᾏἏᾐἠᾑἡᾒἢᾓἣᾔἤᾕἥᾖἦᾗἧᾘἨᾙἩᾚἪᾛἫᾜἬᾝἭᾞἮᾟἯᾠὠᾡὡᾢὢᾣὣᾤὤᾥὥᾦὦ\
         ᾧὧᾨὨᾩὩᾪὪᾫὫᾬὬᾭὭᾮὮᾯὯᾲὰᾳαᾴάᾷᾶᾼΑῂὴῃηῄήῇῆῌΗῲὼῳωῴώῷῶῼΩ",
    ),
    ('\u{5b4}', "יִי"),
    ('\u{5b7}', "ײַײאַא"),
    ('\u{5b8}', "אָא"),
    ('\u{5b9}', "וֹו"),
    ('\u{5bc}', "אּאבּבגּגדּדהּהוּוזּזטּטיּיךּךכּכלּלמּמנּנסּסףּףפּפצּצקּקרּרשּשתּת"),
    ('\u{5bf}', "בֿבכֿכפֿפ"),
    ('\u{5c1}', "שׁששּׁשּ"),
    ('\u{5c2}', "שׂששּׂשּ"),
    ('\u{653}', "آا"),
    ('\u{654}', "أاؤوئيۀەۂہۓے"),
    ('\u{655}', "إا"),
    ('\u{93c}', "ऩनऱरऴळक़कख़खग़गज़जड़डढ़ढफ़फय़य"),
    ('\u{9bc}', "ড়ডঢ়ঢয়য"),
    ('\u{9be}', "\u{9cb}\u{9c7}"),
    ('\u{9d7}', "\u{9cc}\u{9c7}"),
    ('\u{a3c}', "ਲ਼ਲਸ਼ਸਖ਼ਖਗ਼ਗਜ਼ਜਫ਼ਫ"),
    ('\u{b3c}', "ଡ଼ଡଢ଼ଢ"),
    ('\u{b3e}', "\u{b4b}\u{b47}"),
    ('\u{b56}', "\u{b48}\u{b47}"),
    ('\u{b57}', "\u{b4c}\u{b47}"),
    ('\u{bbe}', "\u{bca}\u{bc6}\u{bcb}\u{bc7}"),
    ('\u{bd7}', "ஔஒ\u{bcc}\u{bc6}"),
    ('\u{c56}', "\u{c48}\u{c46}"),
    ('\u{cc2}', "\u{cca}\u{cc6}"),
    ('\u{cd5}', "\u{cc0}\u{cbf}\u{cc7}\u{cc6}\u{ccb}\u{cca}"),
    ('\u{cd6}', "\u{cc8}\u{cc6}"),
    ('\u{d3e}', "\u{d4a}\u{d46}\u{d4b}\u{d47}"),
    ('\u{d57}', "\u{d4c}\u{d46}"),
    ('\u{dca}', "\u{dda}\u{dd9}\u{ddd}\u{ddc}"),
    ('\u{dcf}', "\u{ddc}\u{dd9}"),
    ('\u{ddf}', "\u{dde}\u{dd9}"),
    ('\u{f72}', "\u{f73}\u{f71}"),
    ('\u{f74}', "\u{f75}\u{f71}"),
    ('\u{f80}', "\u{f76}\u{fb2}\u{f78}\u{fb3}\u{f81}\u{f71}"),
    ('\u{fb5}', "ཀྵཀ\u{fb9}\u{f90}"),
    (
        '\u{fb7}',
        "གྷགཌྷཌདྷདབྷབཛྷཛ\u{f93}\u{f92}\u{f9d}\u{f9c}\u{fa2}\u{fa1}\u{fa7}\u{fa6}\u{fac}\
         \u{fab}",
    ),
    ('\u{102e}', "ဦဥ"),
    (
        '\u{1b35}',
        "ᬆᬅᬈᬇᬊᬉᬌᬋᬎᬍᬒᬑ\u{1b3b}\u{1b3a}\u{1b3d}\u{1b3c}\u{1b40}\u{1b3e}\u{1b41}\u{1b3f}\
         \u{1b43}\u{1b42}",
    ),
    (
        '\u{3099}',
        "がかぎきぐくげけごこざさじしずすぜせぞそだたぢちづつでてどとばはびひぶふべへぼほゔうゞゝガカギキグクゲケゴコザサジシズスゼセゾソダタヂチヅツデテドトバハビヒ\
         ブフベヘボホヴウヷワヸヰヹヱヺヲヾヽ",
    ),
    ('\u{309a}', "ぱはぴひぷふぺへぽほパハピヒプフペヘポホ"),
];

/// Characters that are another one by definition, each before that one.
const SAME: &str = "\u{340}\u{300}\u{341}\u{301}\u{343}\u{313}ʹʹ;;··άάέέήήίίόόύύώώΆΆιιΈΈΉΉΐΐΊΊΰΰΎΎ΅΅``ΌΌΏΏ\
    ´´\u{2000}\u{2002}\u{2001}\u{2003}ΩΩKKÅÅ〈〈〉〉";

/// The first and the last composed syllable of Korean, and how many there are of each part.
const HANGUL: (u32, u32, u32, u32) = (0xac00, 0xd7a3, 21, 28);

/// What each letter is made of.
pub(super) struct Letters(HashMap<char, (char, Option<char>)>);

impl Letters {
    /// The table, to be looked things up in.
    pub(super) fn new() -> Self {
        let mut made_of = HashMap::new();
        for (mark, pairs) in WITH_MARK {
            let mut letters = pairs.chars();
            while let (Some(with), Some(without)) = (letters.next(), letters.next()) {
                made_of.insert(with, (without, Some(*mark)));
            }
        }
        let mut letters = SAME.chars();
        while let (Some(one), Some(other)) = (letters.next(), letters.next()) {
            made_of.insert(one, (other, None));
        }
        Self(made_of)
    }

    /// Takes a character apart and puts its parts behind others, marks of one letter in their order.
    pub(super) fn push(&self, char: char, out: &mut Vec<char>) {
        let (first, last, vowels, finals) = HANGUL;
        let number = u32::from(char);
        if (first..=last).contains(&number) {
            let (index, per_lead) = (number - first, vowels * finals);
            let tail = index % finals;
            let parts = [
                0x1100 + index / per_lead,
                0x1161 + index % per_lead / finals,
                if tail > 0 { 0x11a7 + tail } else { 0 },
            ];
            out.extend(parts.into_iter().filter(|part| *part > 0).filter_map(char::from_u32));
            return;
        }
        match self.0.get(&char) {
            Some((letter, mark)) => {
                self.push(*letter, out);
                if let Some(mark) = mark {
                    self.push(*mark, out);
                }
            }
            None => {
                let class = class(char);
                let before = out.iter().rev().take_while(|other| class > 0 && self::class(**other) > class);
                out.insert(out.len() - before.count(), char);
            }
        }
    }
}

/// In which order a mark stands among several of one letter; 0 for what keeps its place.
fn class(char: char) -> u8 {
    match u32::from(char) {
        0x34f => 0,
        0x334..=0x338 => 1,
        0x321 | 0x322 | 0x327 | 0x328 => 202,
        0x31b => 216,
        0x316..=0x319 | 0x31c..=0x320 | 0x323..=0x326 | 0x329..=0x333 => 220,
        0x339..=0x33c | 0x347..=0x349 | 0x34d | 0x34e | 0x353..=0x356 | 0x359 | 0x35a => 220,
        0x315 | 0x31a | 0x358 => 232,
        0x35c | 0x35f | 0x362 => 233,
        0x35d | 0x35e | 0x360 | 0x361 => 234,
        0x345 => 240,
        0x300..=0x36f => 230,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Letters;

    fn apart(words: &str) -> String {
        let (letters, mut parts) = (Letters::new(), Vec::new());
        words.chars().for_each(|char| letters.push(char, &mut parts));
        parts.into_iter().collect()
    }

    #[test]
    fn a_letter_with_a_mark_is_the_letter_and_the_mark_in_any_order() {
        assert_eq!(apart("é"), "e\u{301}");
        assert_eq!(apart("\u{1ead}"), "a\u{323}\u{302}");
        assert_eq!(apart("a\u{302}\u{323}"), apart("\u{1ead}"));
        assert_eq!(apart("\u{212b}"), apart("Å"));
        assert_eq!(apart("한글"), "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}");
        assert_eq!(apart("가"), "\u{1100}\u{1161}");
        assert_eq!(apart("й ї"), "и\u{306} і\u{308}");
        assert_eq!(apart("plain, 漢字"), "plain, 漢字");
    }
}
