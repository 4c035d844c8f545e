//! Small PDFs, written here, and what is drawn of them: the colours of some of their points.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::convertir;

/// The objects of a PDF, from number 3: dictionaries, with the bytes of their streams.
#[derive(Default)]
struct Objets(Vec<(String, Option<Vec<u8>>)>);

impl Objets {
    fn dict(mut self, dict: &str) -> Self {
        self.0.push((dict.into(), None));
        self
    }

    fn flux(mut self, dict: &str, contenu: &str) -> Self {
        self.0.push((format!("<<{dict}/Length {}>>", contenu.len()), Some(contenu.as_bytes().to_vec())));
        self
    }

    /// A PDF whose one page, of 100 points, has this content, with what its dictionary and the catalogue have more.
    fn page(self, contenu: &str, page: &str, catalogue: &str) -> Arc<[u8]> {
        self.sous("", contenu, page, catalogue)
    }

    /// The same, with what the tree of the pages has more.
    fn sous(mut self, arbre: &str, contenu: &str, page: &str, catalogue: &str) -> Arc<[u8]> {
        self.0.push((format!("<</Length {}>>", contenu.len()), Some(contenu.as_bytes().to_vec())));
        let numero = self.0.len() + 2;
        self.0.push((format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents {numero} 0 R{page}>>"), None));
        let debut = [
            (format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>"), None),
            (format!("<</Type/Pages/Kids[{} 0 R]/Count 1{arbre}>>", numero + 1), None),
        ];
        let mut sortie = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (rang, (dict, flux)) in debut.into_iter().chain(self.0).enumerate() {
            places.push(sortie.len());
            sortie.extend(format!("{} 0 obj\n{dict}\n", rang + 1).into_bytes());
            if let Some(flux) = flux {
                sortie.extend([b"stream\n".as_slice(), &flux, b"\nendstream\n"].concat());
            }
            sortie.extend(b"endobj\n");
        }
        let table = sortie.len();
        sortie.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).into_bytes());
        places.iter().for_each(|place| sortie.extend(format!("{place:010} 00000 n \n").into_bytes()));
        let fin = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1);
        sortie.extend(fin.into_bytes());
        sortie.into()
    }
}

fn page(contenu: &str) -> Arc<[u8]> {
    Objets::default().page(contenu, "", "")
}

/// What is said of a PDF that is refused.
fn refus(octets: Arc<[u8]>) -> String {
    convertir(octets).err().unwrap_or_else(|| panic!("it should be refused"))
}

/// The page as it is drawn on white, two dots a point.
fn dessin(octets: Arc<[u8]>) -> Pixmap {
    let pages = convertir(octets).unwrap_or_else(|cause| panic!("{cause}"));
    let arbre = Tree::from_data(&pages[0].octets, &Options::default()).expect("a drawing");
    let mut image = Pixmap::new(200, 200).expect("a drawing");
    image.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&arbre, Transform::from_scale(2.0, 2.0), &mut image.as_mut());
    image
}

/// The colour at a point of the page (from its foot).
fn point(image: &Pixmap, x: u32, y: u32) -> [u8; 3] {
    let p = image.pixel(x * 2, 200 - y * 2).expect("a drawing");
    [p.red(), p.green(), p.blue()]
}

/// The darkest grey in a rectangle of the page.
fn encre(image: &Pixmap, [x0, y0, x1, y1]: [u32; 4]) -> u8 {
    let points = (y0 * 2..y1 * 2).flat_map(|y| (x0 * 2..x1 * 2).map(move |x| (x, y)));
    points.map(|(x, y)| image.pixel(x, 199 - y).expect("a drawing").green()).min().expect("a drawing")
}

const HELV: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

/// A form whose fields are the objects 3 to 2 + `nombre`.
fn formulaire(objets: Objets, nombre: usize, plus: &str) -> Arc<[u8]> {
    let champs: Vec<String> = (3..3 + nombre).map(|n| format!("{n} 0 R")).collect();
    let champs = champs.join(" ");
    let catalogue = format!("/AcroForm<</Fields[{champs}]/DR<</Font<</Helv {HELV}>>>>/DA(/Helv 12 Tf 0 g){plus}>>");
    objets.page("", &format!("/Annots[{champs}]"), &catalogue)
}

fn champ(reste: &str) -> String {
    format!("<</Type/Annot/Subtype/Widget/F 4/Rect[10 40 90 60]{reste}>>")
}

#[test]
fn a_line_of_no_width_is_the_thinnest_line_whatever_the_scale() {
    for contenu in [
        "0 w 10 50 m 90 50 l S",
        "q .01 0 0 .01 0 0 cm 0 w 1000 5000 m 9000 5000 l S Q",
        "q 1 0 0 50 0 0 cm 0 w 10 1 m 90 1 l S Q",
        "10 50 80 0 re f",
    ] {
        let image = dessin(page(contenu));
        assert!(encre(&image, [20, 49, 80, 51]) < 230, "{contenu}");
        assert_eq!(encre(&image, [20, 60, 80, 70]), 255, "{contenu}");
    }
}

#[test]
fn a_line_of_no_length_with_round_ends_is_a_dot_whatever_the_scale() {
    for contenu in [
        "16 w 1 J 50 50 m 50 50 l S",
        "16 w 1 J 50 50 m 50 50 l h S",
        "16 w 1 J 50 50 m 50 50 50 50 50 50 c S",
        "q .02 0 0 .02 0 0 cm 800 w 1 J 2500.337 2500.771 m 2500.337 2500.771 l S Q",
        "q .02 0 0 .01 0 0 cm 1000 w 1 J 2500.337 5000.771 m 2500.337 5000.771 l S Q",
    ] {
        let image = dessin(page(contenu));
        assert_eq!((point(&image, 50, 50), point(&image, 54, 50)), ([0; 3], [0; 3]), "{contenu}");
        assert_eq!(encre(&image, [62, 0, 100, 100]), 255, "{contenu}");
    }
    assert!(refus(page("16 w 1 J 50 50 m h S")).contains("un point y est tracé"));
    assert_eq!(encre(&dessin(page("16 w 1 J 50 50 m S 50 50 m 50 50 l n")), [0, 0, 100, 100]), 255);
}

#[test]
fn what_is_closed_more_often_than_opened_is_told_unless_it_changes_nothing() {
    let dans = |contenu: &str, forme: &str| {
        let objets = Objets::default().flux("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", forme);
        objets.page(contenu, "/Resources<</XObject<</X 3 0 R>>>>", "")
    };
    for (contenu, forme) in [
        ("q 1 0 0 rg Q Q Q 0 0 50 50 re f", ""),
        ("q .5 0 0 .5 0 0 cm /X Do 0 0 100 100 re f Q", "q 1 g Q Q"),
        ("1 0 0 rg Q", ""),
        ("0 0 50 50 re f /X Do", "0 0 1 rg 60 60 9 9 re f W"),
        ("/X Do 0 0 50 50 re f 60 60 9 9 re W n", "W"),
    ] {
        let image = dessin(dans(contenu, forme));
        let attendu = if contenu == "1 0 0 rg Q" { [255; 3] } else { [0; 3] };
        assert_eq!(point(&image, 25, 25), attendu, "{contenu} {forme}");
    }
    for (contenu, forme, attendu) in [
        (".5 0 0 .5 0 0 cm Q 0 0 100 100 re f", "", "un de ses dessins s'y referme plus de fois"),
        ("q .5 0 0 .5 0 0 cm /X Do 0 0 100 100 re f Q", "Q Q", "un de ses dessins s'y referme plus de fois"),
        ("/X Do 60 60 9 9 re n 0 0 50 50 re f", "W", "une découpe y est demandée là où il n'y a pas de tracé"),
        ("W n 60 60 9 9 re n 0 0 50 50 re f", "", "une découpe y est demandée là où il n'y a pas de tracé"),
    ] {
        let cause = refus(dans(contenu, forme));
        assert!(cause.contains(attendu), "{cause}");
    }
}

#[test]
fn a_name_that_readers_do_not_look_for_in_the_same_place_is_told() {
    let arbre = format!("/Resources<</Font<</F {HELV}>>>>");
    let herite = |page: &str| Objets::default().sous(&arbre, "BT /F 40 Tf 10 30 Td (Abc) Tj ET", page, "");
    assert!(encre(&dessin(herite("")), [10, 25, 90, 70]) < 50);
    assert!(refus(herite("/Resources<</XObject<<>>>>")).contains("« F » n'est pas parmi ses ressources"));
}

#[test]
fn widths_that_contradict_one_another_or_never_end_are_told() {
    let composee = |largeurs: &str| {
        let police = format!(
            "/Resources<</Font<</F<</Type/Font/Subtype/Type0/BaseFont/Carres/Encoding/Identity-H/DescendantFonts[<</Type/Font\
             /Subtype/CIDFontType2/BaseFont/Carres/W[{largeurs}]/FontDescriptor<</Flags 4/FontFile2 3 0 R>>>>]>>>>>>"
        );
        refus(Objets::default().flux("", "rien d'une police").page("BT /F 40 Tf 10 30 Td <0001> Tj ET", &police, ""))
    };
    for largeurs in ["0 9 700", "1 [700] 0 9 701", "1 [500 600] 3 9 700", ""] {
        assert!(!composee(largeurs).contains("se contredisent"), "{largeurs}");
    }
    for largeurs in ["0 9 700 1 [900]", "1 [500 600] 2 9 700", "0 70000 700", "0 9", "[1]", "-1 [500]", "1 1 (a)"] {
        assert!(composee(largeurs).contains("les largeurs des lettres de la police « Carres »"), "{largeurs}");
    }
    for largeurs in ["0 4294967295 700", "1 [500]]/W2[0 99999999 1 2 3"] {
        assert!(composee(largeurs).contains("les largeurs d'une police y sont démesurées"), "{largeurs}");
    }
}

#[test]
fn an_image_that_lacks_samples_is_told_and_not_made_shorter() {
    let image = |attributs: &str, octets: usize| {
        let dict = format!("/Type/XObject/Subtype/Image/Width 8/Height 8{attributs}");
        let objets = Objets::default().flux(&dict, &"@".repeat(octets));
        objets.page("q 80 0 0 80 10 10 cm /I Do Q", "/Resources<</XObject<</I 3 0 R>>>>", "")
    };
    let (gris, fin) = ("/ColorSpace/DeviceGray/BitsPerComponent 8", "/ColorSpace/DeviceGray/BitsPerComponent 16");
    for (attributs, octets) in [(gris, 64), (gris, 60), (fin, 128), (fin, 120), ("/ImageMask true", 8)] {
        assert!(encre(&dessin(image(attributs, octets)), [20, 60, 80, 80]) < 100, "{attributs} {octets}");
    }
    for (attributs, octets) in
        [(gris, 56), (fin, 127), (fin, 40), ("/ImageMask true", 5), ("/ColorSpace/DeviceRGB", 64)]
    {
        assert!(refus(image(attributs, octets)).contains("une image y est incomplète"), "{attributs} {octets}");
    }
}

#[test]
fn a_box_is_drawn_by_the_state_that_its_field_holds() {
    let forme = "/Type/XObject/Subtype/Form/BBox[0 0 80 20]";
    let cases = |champ_: &str| {
        let objets = Objets::default().dict(&champ(champ_)).flux(forme, "1 0 0 rg 0 0 80 20 re f");
        formulaire(objets.flux(forme, "0 0 1 rg 0 0 80 20 re f"), 1, "")
    };
    let ap = "/FT/Btn/T(c)/AP<</N<</Oui 4 0 R/Off 5 0 R>>>>";
    for (etat, attendu) in [
        ("/AS/Oui/V/Oui", [255, 0, 0]),
        ("/AS/Off/V/Off", [0, 0, 255]),
        ("/V/Oui", [255, 0, 0]),
        ("/AS/Oui", [255, 0, 0]),
        ("", [0, 0, 255]),
        ("/V(Deux)/Opt[(Un)(Deux)]", [0, 0, 255]),
    ] {
        assert_eq!(point(&dessin(cases(&format!("{ap}{etat}"))), 50, 50), attendu, "{etat}");
    }
    assert!(refus(cases(&format!("{ap}/AS/Off/V/Oui"))).contains("le champ « c » est coché selon sa valeur"));
}

#[test]
fn a_value_without_appearance_is_laid_out_and_one_that_does_not_fit_is_told() {
    let texte =
        |reste: &str, plus: &str| formulaire(Objets::default().dict(&champ(&format!("/FT/Tx/T(m){reste}"))), 1, plus);
    let image = dessin(texte("/V(125 000 EUR)", ""));
    assert!(encre(&image, [12, 42, 40, 58]) < 100);
    let droite = dessin(texte("/V(12)/Q 2", ""));
    assert!(encre(&droite, [70, 42, 89, 58]) < 100);
    assert_eq!(encre(&droite, [12, 42, 60, 58]), 255);
    let debout = dessin(texte("/V(Un)/MK<</R 90>>", ""));
    assert!(encre(&debout, [12, 42, 88, 58]) < 100);
    let cause = refus(texte("/V(un texte bien trop long pour ce cadre)", ""));
    assert!(cause.contains("à sa page 1, le champ « m » déborde de son cadre ; imprimez-le en PDF"), "{cause}");
    let cause = refus(texte("/V<FEFF738B>", ""));
    assert!(cause.contains("le champ « m » contient « 王 »"), "{cause}");
    let ecran = champ("/FT/Tx/T(m)/V(vu)").replace("/F 4", "");
    let cause = refus(formulaire(Objets::default().dict(&ecran), 1, ""));
    assert!(cause.contains("s'affiche à l'écran et ne s'imprime pas"), "{cause}");
    let cachee = champ("/FT/Tx/T(m)/V(vu)").replace("/F 4", "/F 6");
    assert_eq!(encre(&dessin(formulaire(Objets::default().dict(&cachee), 1, "")), [0, 0, 100, 100]), 255);
}

#[test]
fn an_appearance_that_no_longer_says_what_its_field_holds_is_written_again_or_told() {
    let forme = format!("/Type/XObject/Subtype/Form/BBox[0 0 80 20]/Resources<</Font<</Helv {HELV}>>>>");
    let objets = |dit: &str| {
        let contenu = format!("BT /Helv 12 Tf 60 5 Td ({dit}) Tj ET");
        Objets::default().dict(&champ("/FT/Tx/T(m)/V(99)/AP<</N 4 0 R>>")).flux(&forme, &contenu)
    };
    let image = dessin(formulaire(objets("99"), 1, ""));
    assert!(encre(&image, [70, 42, 89, 58]) < 100, "its own appearance is kept");
    let image = dessin(formulaire(objets("12"), 1, "/NeedAppearances true"));
    assert!(encre(&image, [12, 42, 30, 58]) < 100 && encre(&image, [60, 42, 89, 58]) == 255);
    let vide = || Objets::default().dict(&champ("/FT/Tx/T(m)/V(99)/AP<</N 4 0 R>>")).flux(&forme, "");
    let image = dessin(formulaire(vide(), 1, "/NeedAppearances true"));
    assert!(encre(&image, [12, 42, 30, 58]) < 100, "an appearance that is empty is none");
    let cause = refus(formulaire(objets("12"), 1, ""));
    assert!(cause.contains("le champ « m » contient « 99 » et affiche « 12 »"), "{cause}");
}

#[test]
fn an_annotation_fills_its_rectangle_wherever_its_drawing_begins() {
    let objets = || Objets::default().flux("/Type/XObject/Subtype/Form/BBox[20 10 40 20]", "1 0 0 rg 20 10 10 10 re f");
    let annote = |plus: &str| format!("/Annots[<</Type/Annot/Subtype/Stamp/Rect[10 10 90 50]/AP<</N 3 0 R>>{plus}>>]");
    let image = dessin(objets().page("", &annote("/F 4"), ""));
    assert_eq!(point(&image, 15, 45), [255, 0, 0]);
    assert_eq!(point(&image, 45, 15), [255, 0, 0]);
    assert_eq!(point(&image, 55, 30), [255, 255, 255]);
    for plus in ["", "/F 6"] {
        assert_eq!(
            encre(&dessin(objets().page("", &annote(plus), "")), [0, 0, 100, 100]),
            255,
            "not for print: {plus}"
        );
    }
    let nue = "/Annots[<</Type/Annot/Subtype/Highlight/F 4/Rect[10 10 90 50]/C[1 1 0]>>]";
    assert!(refus(Objets::default().page("", nue, "")).contains("une annotation (Highlight) n'a pas d'apparence"));
}

#[test]
fn a_pattern_keeps_its_step_its_origin_and_its_colours() {
    let motif = |genre: u8| {
        let dict =
            format!("/PatternType 1/PaintType {genre}/TilingType 1/BBox[5 5 15 15]/XStep 20/YStep 20/Resources<<>>");
        let contenu = if genre == 1 { "1 0 0 rg 5 5 10 10 re f" } else { "5 5 10 10 re f" };
        Objets::default().flux(&dict, contenu)
    };
    let ressources = "/Resources<</Pattern<</P 3 0 R>>/ColorSpace<</C[/Pattern/DeviceRGB]>>>>";
    let image = dessin(motif(1).page("/Pattern cs /P scn 0 0 100 100 re f", ressources, ""));
    for x in [10, 30, 50, 90] {
        assert_eq!(point(&image, x, 50), [255, 0, 0], "{x}");
        assert_eq!(point(&image, x - 10, 50), [255, 255, 255], "{x}");
    }
    let contenu = "/C cs 1 0 0 /P scn 0 0 50 100 re f 0 0 1 /P scn 50 0 50 100 re f";
    let image = dessin(motif(2).page(contenu, ressources, ""));
    assert_eq!((point(&image, 10, 50), point(&image, 70, 50)), ([255, 0, 0], [0, 0, 255]));
}

#[test]
fn what_the_drawing_library_passes_over_is_told_with_its_page() {
    let forme = |dict: &str| {
        Objets::default().flux(&format!("/Type/XObject/Subtype/Form/BBox[0 0 100 100]{dict}"), ".5 g 0 0 50 50 re f")
    };
    let masque =
        "/Resources<</ExtGState<</M<</SMask<</S/Luminosity/G 3 0 R/TR<</FunctionType 2/Domain[0 1]/N 3>>>>>>>>>>";
    let cas: [(Arc<[u8]>, &str); 6] = [
        (page("q 10 10 50 50 re W f Q"), "un tracé y est peint et découpe à la fois"),
        (page("/Rien cs 1 scn 0 0 9 9 re f"), "des couleurs n'y sont pas prises en charge"),
        (page("BT /F 12 Tf (mot) Tj ET"), "une police n'est pas dans le fichier"),
        (
            forme("/Group<</S/Transparency/K true>>").page(
                "/G gs /X Do",
                "/Resources<</XObject<</X 3 0 R>>/ExtGState<</G<</ca .5>>>>>>",
                "",
            ),
            "knockout",
        ),
        (
            forme("/Group<</S/Transparency/CS/DeviceGray>>").page("/M gs 0 0 9 9 re f", masque, ""),
            "un masque y passe par une fonction de transfert",
        ),
        (
            forme("/Resources<</XObject<</X 3 0 R>>>>").page(
                "/X Do",
                "/Resources<</XObject<</X 3 0 R>>>>",
                "/Collection<<>>",
            ),
            "c'est un porte-documents",
        ),
    ];
    for (octets, attendu) in cas {
        let cause = refus(octets);
        assert!(cause.contains(attendu), "{cause}");
    }
}

#[test]
fn a_font_that_is_not_in_the_file_is_drawn_when_every_reader_has_it_and_told_by_name_otherwise() {
    let avec = |police: &str| {
        Objets::default().page("BT /F 40 Tf 10 30 Td (Abc) Tj ET", &format!("/Resources<</Font<</F {police}>>>>"), "")
    };
    for police in [
        HELV,
        "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>",
        "<</Type/Font/Subtype/TrueType/BaseFont/Arial,Bold/Encoding/MacRomanEncoding>>",
    ] {
        assert!(encre(&dessin(avec(police)), [10, 25, 90, 70]) < 50, "{police}");
    }
    let composee = "<</Type/Font/Subtype/Type0/BaseFont/Arial/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Arial>>]>>";
    let japonaise = "<</Type/Font/Subtype/Type0/BaseFont/Arial/Encoding/90ms-RKSJ-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/Arial>>]>>";
    let signes = "<</Type/Font/Subtype/TrueType/BaseFont/Wingdings-Regular/FontDescriptor<</Flags 4>>>>";
    let cyrillique = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/afii10017]>>>>";
    for (police, nom) in
        [(composee, "Arial"), (japonaise, "Arial"), (signes, "Wingdings-Regular"), (cyrillique, "Helvetica")]
    {
        let cause = refus(avec(police));
        assert!(cause.contains(&format!("« {nom} »")) && cause.contains("n'est pas dans le fichier"), "{cause}");
    }
    let octets = Objets::default().page(
        "BT /F 40 Tf 3 Tr 10 30 Td (Abc) Tj ET",
        &format!("/Resources<</Font<</F {composee}>>>>"),
        "",
    );
    assert_eq!(encre(&dessin(octets), [0, 0, 100, 100]), 255, "words that are not seen, as a scan has them");
}

#[test]
fn a_font_that_cannot_be_read_is_not_replaced_in_silence() {
    let police = "/Resources<</Font<</F<</Type/Font/Subtype/TrueType/BaseFont/Abimee/FirstChar 65/LastChar 66/Widths[600 600]\
                  /Encoding/WinAnsiEncoding/FontDescriptor<</Flags 32/FontFile2 3 0 R>>>>>>>>";
    let octets = Objets::default().flux("", "rien d'une police").page("BT /F 40 Tf 10 30 Td (AB) Tj ET", police, "");
    assert!(refus(octets).contains("la police « Abimee » est abîmée"));
}

#[test]
fn drawings_nested_multiplied_or_endless_are_drawn_or_told_before_they_are_drawn() {
    let emboitees = |niveaux: usize, fois: usize| {
        let mut objets =
            Objets::default().flux("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "1 0 0 rg 10 10 80 80 re f");
        for niveau in 0..niveaux {
            let dict =
                format!("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</X {} 0 R>>>>", niveau + 3);
            objets = objets.flux(&dict, &"/X Do ".repeat(fois));
        }
        objets.page("/X Do", &format!("/Resources<</XObject<</X {} 0 R>>>>", niveaux + 3), "")
    };
    assert_eq!(point(&dessin(emboitees(30, 1)), 50, 50), [255, 0, 0]);
    assert!(refus(emboitees(60, 1)).contains("son dessin est trop imbriqué"));
    assert!(refus(emboitees(10, 10)).contains("son dessin est démesuré"));
    let boucle =
        Objets::default().flux("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 3 0 R>>>>", "/X Do");
    assert!(refus(boucle.page("/X Do", "/Resources<</XObject<</X 3 0 R>>>>", "")).contains("se contient lui-même"));
}

#[test]
fn what_is_blended_is_blended_with_the_page_even_inside_a_clip() {
    let etat = "/Resources<</ExtGState<</M<</BM/Multiply>>>>>>";
    let contenu = "1 1 0 rg 0 0 100 100 re f q 50 0 m 100 100 l 0 100 l h W n /M gs 0 1 1 rg 0 0 100 100 re f Q";
    let image = dessin(Objets::default().page(contenu, etat, ""));
    assert_eq!((point(&image, 50, 80), point(&image, 10, 20)), ([0, 255, 0], [255, 255, 0]));
}

#[test]
fn clips_are_one_rectangle_as_long_as_they_are_rectangles() {
    let contenu = "q 10 10 80 80 re W n q 20 20 80 80 re W n q 0 0 60 60 re W n 0 g 0 0 100 100 re f Q Q Q";
    let pages = convertir(page(contenu)).expect("a drawing");
    let svg = String::from_utf8(pages[0].octets.to_vec()).expect("a drawing");
    assert_eq!(svg.matches("<g ").count(), 1, "{svg}");
    let image = dessin(page(contenu));
    assert_eq!((point(&image, 40, 40)[0], point(&image, 15, 15)[0], point(&image, 70, 40)[0]), (0, 255, 255));
}

#[test]
fn a_file_whose_pages_can_only_be_guessed_is_told() {
    let juste = page("0 0 50 50 re f").to_vec();
    let texte = String::from_utf8(juste.clone()).expect("a drawing");
    let table = texte.rsplit_once("startxref\n").expect("a drawing").1.lines().next().expect("a drawing").to_string();
    let faux = texte.replace(&format!("startxref\n{table}"), "startxref\n12");
    assert!(refus(faux.into_bytes().into()).contains("la table de ses objets est abîmée"));
    let moins = texte.replace("/Count 1", "/Count 3");
    assert!(refus(moins.into_bytes().into()).contains("il annonce 3 pages, 1 s'y trouve"));
    let tasses = texte.replacen("/Length", "/Type/ObjStm/N 40000/Length", 1);
    assert!(refus(tasses.into_bytes().into()).contains("ses objets sont rangés d'une façon démesurée"));
    assert_eq!(point(&dessin(juste.into()), 25, 25), [0, 0, 0]);
}
