//! What customers write on the continent.

use super::Texts;

#[rustfmt::skip]
pub(super) const GERMAN: Texts = Texts {
    status: &[
        "Bitte teilen Sie uns mit, wo sich der Auftrag {order} gerade befindet. Unsere Linie wartet auf die Teile.",
        "Können Sie den Liefertermin von {order} bestätigen?",
        "Wir brauchen für {order} ein anderes Zeitfenster, am {day} ist die Rampe bis mittags belegt.",
        "Hat {order} Ihr Lager schon verlassen?",
        "Bitte den Lieferschein zu {order} vorab per Mail, der Zoll hat danach gefragt.",
    ],
    invoice: &[
        "Auf der Rechnung zu {order} steht eine Fracht, die nicht vereinbart war. Bitte prüfen.",
        "Bitte senden Sie uns die Rechnung zu {order} noch einmal.",
        "Auf der Rechnung zu {order} fehlt unsere Bestellnummer.",
        "Unser Wirtschaftsprüfer bittet um eine Aufstellung der offenen Posten bis {day}.",
    ],
    product: &[
        "Passt der Ersatz für {part} auch in unsere älteren Pumpen?",
        "Haben Sie {part} in der abgedichteten Ausführung am Lager?",
        "Wir benötigen Datenblatt und Konformitätserklärung für {part}.",
        "Mit welcher Lieferzeit müssen wir bei {count} Stück {part} rechnen?",
    ],
    quote: &["Bitte bieten Sie uns {count} Stück {part} für nächsten Monat an.", "Was kostet {part} bei einer Jahresmenge von {count} Paletten?"],
    change: &[
        "Bitte nehmen Sie {count} Stück {part} mit in {order} auf, falls noch nicht kommissioniert.",
        "Wir müssen {order} um {days} Tage schieben, die Anlage steht wegen Wartung.",
    ],
    late: &[
        "{order} kam {days} Tage zu spät, und niemand hat uns Bescheid gegeben. Eine Maschine stand.",
        "Die Lieferung {order} war für {day} zugesagt. Sie ist nicht da. Wir sehen uns nach anderen Lieferanten um.",
        "Auf unsere Frage zu {order} warten wir seit Tagen. Bitte rufen Sie heute zurück.",
        "Das ist die dritte verspätete Lieferung in diesem Monat.",
    ],
    damaged: &[
        "Zwei Paletten von {order} sind schon wieder beschädigt.",
        "In {order} fehlt die Hälfte, und der Fahrer hatte keine Papiere. Wir erwarten eine Lösung.",
        "Die Gehäuse {part} aus {order} sind gerissen, {count} Stück. Bilder folgen.",
    ],
    praise: &["Vielen Dank für die schnelle Hilfe bei {order}, alles kam einwandfrei an.", "Das neue Portal erspart uns viele Anrufe. Danke."],
    days: &["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"],
};

#[rustfmt::skip]
pub(super) const DUTCH: Texts = Texts {
    status: &[
        "Kunt u ons laten weten waar order {order} op dit moment is? Onze lijn wacht op de onderdelen.",
        "Graag een bevestiging van de leverdatum van {order}.",
        "Is {order} al uit uw magazijn vertrokken?",
    ],
    invoice: &[
        "Op de factuur van {order} staan vrachtkosten die niet zijn afgesproken. Wilt u dit nakijken?",
        "Ons inkoopordernummer ontbreekt op de factuur van {order}.",
        "Graag een overzicht van de openstaande posten voor {day}.",
    ],
    product: &["Past de vervanger van {part} ook in onze oudere pompen?", "Wat is de levertijd voor {count} stuks {part}?"],
    quote: &["Graag een offerte voor {count} stuks {part} voor volgende maand."],
    change: &["Kunnen er nog {count} stuks {part} bij {order}?", "Wij moeten {order} met {days} dagen uitstellen wegens onderhoud."],
    late: &[
        "{order} kwam {days} dagen te laat en niemand heeft ons gebeld. Er stond een machine stil.",
        "De levering van {order} was voor {day} toegezegd en is er nog niet. Wij kijken naar andere leveranciers.",
    ],
    damaged: &["Twee pallets van {order} zijn weer beschadigd.", "De helft van {order} ontbreekt en de chauffeur had geen papieren bij zich."],
    praise: &["Bedankt voor de snelle hulp bij {order}, alles kwam perfect aan."],
    days: &["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"],
};

#[rustfmt::skip]
pub(super) const FRENCH: Texts = Texts {
    status: &[
        "Pouvez-vous nous dire où se trouve la commande {order} ? Notre ligne attend les pièces.",
        "Merci de confirmer la date de livraison de {order}.",
        "La commande {order} a-t-elle quitté votre entrepôt ?",
    ],
    invoice: &[
        "La facture de {order} comporte un transport qui n'était pas convenu. Merci de vérifier.",
        "Notre numéro de commande manque sur la facture de {order}.",
        "Merci de nous envoyer un relevé des factures ouvertes avant {day}.",
    ],
    product: &["La pièce qui remplace {part} convient-elle à nos anciennes pompes ?", "Quel est le délai pour {count} unités de {part} ?"],
    quote: &["Merci de nous faire une offre pour {count} pièces {part} le mois prochain."],
    change: &["Pouvez-vous ajouter {count} pièces {part} à {order} ?", "Nous devons décaler {order} de {days} jours pour cause d'arrêt technique."],
    late: &[
        "{order} est arrivée avec {days} jours de retard et personne ne nous a prévenus. Une machine était à l'arrêt.",
        "La livraison de {order} était promise pour {day}. Elle n'est pas là. Nous consultons d'autres fournisseurs.",
    ],
    damaged: &["Deux palettes de {order} sont encore abîmées.", "La moitié de {order} manque et le chauffeur n'avait pas de papiers."],
    praise: &["Merci pour votre aide rapide sur {order}, tout est arrivé en parfait état."],
    days: &["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
};

#[rustfmt::skip]
pub(super) const POLISH: Texts = Texts {
    status: &["Prosimy o informację, gdzie jest zamówienie {order}. Nasza linia czeka na części.", "Prosimy o potwierdzenie terminu dostawy {order}."],
    invoice: &["Na fakturze do {order} jest fracht, którego nie uzgadnialiśmy. Prosimy o sprawdzenie.", "Na fakturze do {order} brakuje numeru naszego zamówienia."],
    product: &["Czy zamiennik części {part} pasuje do naszych starszych pomp?", "Jaki jest termin dostawy {count} sztuk {part}?"],
    quote: &["Prosimy o ofertę na {count} sztuk {part} na przyszły miesiąc."],
    change: &["Prosimy o dodanie {count} sztuk {part} do {order}."],
    late: &[
        "{order} przyszło {days} dni po terminie i nikt nas nie uprzedził. Maszyna stała.",
        "Dostawa {order} miała być w {day}. Nie ma jej. Rozglądamy się za innym dostawcą.",
    ],
    damaged: &["Dwie palety z {order} są znowu uszkodzone.", "Brakuje połowy {order}, a kierowca nie miał dokumentów."],
    praise: &["Dziękujemy za szybką pomoc przy {order}, wszystko dotarło w idealnym stanie."],
    days: &["poniedziałek", "wtorek", "środę", "czwartek", "piątek"],
};
