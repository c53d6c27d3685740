"""German words that open sentences, and common nouns of the news, in any one of their forms.

None of them is a frequent surname or the name of a party, a place or a company; what is not here counts as a name.
"""

from __future__ import annotations

OPENERS = frozenset(
    """
        dutzende dutzenden hunderte hunderten tausende tausenden ab aber acht alle allein allerdings alles als also am
        an andere anders angesichts anhand anschließend auch auf aufgrund aus außer außerdem bald bei beide beim
        bereits bevor bis bisher bislang da dabei dadurch dafür dagegen daher dahinter damals damit danach daneben
        dann daran darauf daraufhin daraus darin darum darunter darüber das dass davon davor dazu dem demnach den
        denen denn dennoch der deren derzeit des deshalb dessen deswegen die dies diese diesem diesen dieser dieses
        doch dort durch ebenfalls ebenso ehe eigentlich ein eine einem einen einer eines einige einigen einiger einmal
        einst endlich entgegen entlang er erneut erst erstmals es etliche etwa etwas euch fast ferner früher für ganz
        gegen gegenüber gemeinsam gemäß genau gestern gleich gleichzeitig gut hat heute hier hinter hinzu ich ihm ihn
        ihnen ihr ihre ihrem ihren ihrer im immer in indem infolge innerhalb insbesondere insgesamt inzwischen
        irgendwo ist ja jede jedem jeden jeder jedes jedoch jemand jene jetzt kaum kein keine keinem keinen keiner
        knapp konkret längst laut lediglich letzte letztlich manche mehr mehrere mehreren mehrerer meist meisten
        mindestens mit mittlerweile möglicherweise nach nachdem nahe neben nicht nichts nie niemand noch nun nur ob
        oberhalb obwohl oder offenbar oft ohne per pro rund samt schließlich schon schätzungsweise sehr seien sein
        seine seinem seinen seiner seit seitdem seither sich sie so sobald sodass sofort sogar solche somit sondern
        sonst sowie später statt stattdessen stets teils total trotz trotzdem um und ungefähr unmittelbar uns unter
        unterdessen unweit viel viele vielen vieler vielleicht vom von vor voraussichtlich vorher weder wegen weil
        weiter weitere weiteren weiterhin weitgehend welche wenig wenige wenn wer werden wie wieder wir wo wobei wohl
        wurde wurden während zahlreiche zeitweise ziemlich zu zudem zuerst zufolge zuletzt zum zumindest zunächst zur
        zurück zusammen zusätzlich zuvor zwar zwischen ähnlich über überdies übrigens
    """.split()
)

# With their endings, and umlauts of plurals, they are known in all forms; so are compounds of two of them.
NOUNS = frozenset(
    """
        Kinder Bilder Felder Gelder Lieder Abend Abendessen Abgeordnete Abgeordneter Abkommen Abschied Abschluss
        Absicht Abstimmung Absturz Abteilung Abzug Akte Aktie Aktion Aktivist Aktivistin Alarm Alkohol Alter
        Alternative Amt Anbieter Anfang Anfrage Angabe Angebot Angehörige Angehöriger Angeklagte Angreifer Angriff
        Angst Anhänger Anklage Ankündigung Ankunft Anlage Anlass Anleger Anschlag Anspruch Anstieg Anteil Antrag
        Antwort Anwalt Anwältin Anwohner Anzahl Anzeige Apotheke Arbeit Arbeiter Arbeitgeber Arbeitnehmer
        Arbeitslosigkeit Arbeitsplatz Armee Arm Artikel Arzt Ärztin Ärzte Asyl Athlet Aufgabe Aufklärung Aufnahme
        Aufsicht Aufstand Auftrag Auftritt Auge Ausbau Ausbildung Ausbruch Ausfall Ausgabe Ausgang Auskunft Ausland
        Ausländer Auslieferung Ausmaß Ausnahme Aussage Ausschuss Außen Ausstellung Austausch Auswirkung Auto Autobahn
        Autofahrer Bahn Bahnhof Ball Bank Batterie Bau Baum Baustelle Beamte Beamter Beamtin Bedarf Bedeutung
        Bedingung Bedrohung Befehl Befugnis Beginn Begründung Behandlung Behauptung Behörde Beispiel Beitrag
        Bekenntnis Belastung Beleg Benzin Beobachter Bereich Bericht Beruf Berufung Beschluss Beschuldigte Beschuss
        Beschwerde Besitz Besitzer Besuch Besucher Beteiligung Betrag Betreiber Betrieb Betroffene Betrug Bett
        Bevölkerung Beweis Bewerber Bewegung Bewohner Bezirk Beziehung Bild Bildung Bildschirm Bilanz Blut Boden Bombe
        Boot Botschaft Botschafter Botschafterin Brand Breite Bremse Brief Bruder Brücke Brot Buch Bühne Bündnis
        Bürger Bürgerin Bürgermeister Bürgermeisterin Büro Bus Chance Chaos Chef Chefin Chirurg Computer Corona Damm
        Dank Daten Datei Dauer Debatte Demokratie Demokrat Demonstrant Demonstration Denkmal Detail Diagnose Dialog
        Dieb Diebstahl Dienst Ding Diplomat Direktor Direktorin Diskussion Doktor Dokument Dorf Drama Drohne Drohung
        Druck Drittel Durchschnitt Durchsuchung Dürre Ebene Ehe Ehefrau Ehemann Ehre Eigentum Eigentümer Einbruch
        Einfluss Einfuhr Einführung Eingang Eingriff Einheit Einigung Einkommen Einnahme Einrichtung Einsatz
        Einschätzung Einsicht Einsturz Einwohner Einzelheit Eis Eltern Ende Energie Engagement Entdeckung Entfernung
        Entlassung Entscheidung Entwicklung Entwurf Entschädigung Epidemie Erbe Erdbeben Erde Erdrutsch Ereignis
        Erfahrung Erfolg Ergebnis Erhöhung Erklärung Erkenntnis Erkrankung Erlaubnis Ermittler Ermittlung Ernte
        Eröffnung Ersatz Erwachsene Erwartung Etage Euro Evakuierung Existenz Experte Expertin Explosion Export Fabrik
        Fähre Fahne Fahrer Fahrerin Fahrgast Fahrt Fahrzeug Fall Familie Fan Farbe Fehler Feier Feind Feld Fenster
        Ferien Fernsehen Fest Festnahme Feuer Feuerwehr Figur Film Finale Finanzierung Finanz Firma Fisch Flagge
        Fläche Flucht Flug Flughafen Flugzeug Flut Fluss Folge Forderung Form Forscher Forscherin Forschung
        Fortschritt Foto Frage Fraktion Frau Freiheit Freiwillige Freude Freund Freundin Frieden Front Frucht Führer
        Führung Fuß Fußball Fußgänger Gast Garten Gas Gebäude Gebiet Gebühr Geburt Gedanke Gefahr Gefangene Gefangener
        Gefängnis Gegend Gegner Gehalt Gehirn Geisel Geist Geld Gelände Gelegenheit Gemeinde Gemeinschaft General
        Gericht Geschäft Geschichte Geschwindigkeit Gesellschaft Gesetz Gesicht Gespräch Gesundheit Getreide Gewalt
        Gewerkschaft Gewicht Gewinn Gewitter Gläubige Glück Gouverneur Grad Gramm Grenze Griff Grippe Größe Grund
        Grundlage Gruppe Grüße Gut Güter Hafen Haft Hagel Halt Haltung Hand Handel Händler Handy Haus Haushalt
        Hauptstadt Haut Heimat Heizung Helfer Hektar Herkunft Herr Hersteller Herstellung Hilfe Himmel Hinweis
        Hintergrund Hitze Hochschule Hochwasser Hochzeit Hoffnung Höhe Hotel Hubschrauber Hund Hunger Idee Immobilie
        Impfung Impfstoff Import Industrie Inflation Information Infrastruktur Inhalt Initiative Innen Insel Institut
        Interesse Internet Interview Investition Investor Jahr Jahrestag Jahrhundert Jahrzehnt Journalist Journalistin
        Jubiläum Jugend Jugendliche Jugendlicher Junge Justiz Kabinett Kamera Kampf Kandidat Kandidatin Kantine
        Kanzlerin Kapital Kapitän Karte Kasse Katastrophe Kauf Käufer Keller Kenntnis Kilo Kilogramm Kilometer Kind
        Kino Kirche Klage Klasse Kleidung Klima Klinik Kollege Kollegin Komitee Kommandeur Kommission Kommunikation
        Konferenz Konflikt Kongress Königin Konsequenz Konsulat Kontakt Konto Kontrolle Konzern Konzert Kopf Körper
        Korruption Kosten Kraftwerk Krankenhaus Krankheit Kredit Kreis Krieg Krise Kritik Kritiker Küche Kultur Kunde
        Kundin Kündigung Kunst Künstler Künstlerin Kurs Kürze Küste Labor Lage Lager Land Länder Landung Landwirt
        Landwirtschaft Länge Lärm Last Laster Lastwagen Lauf Lawine Leben Lebensmittel Leiche Leistung Leiter Leiterin
        Leitung Lehrer Lehrerin Licht Liebe Lieferung Lieferant Liga Linie Liste Lohn Lösung Luft Luftwaffe Mädchen
        Mahlzeit Mal Mangel Mann Männer Mannschaft Marine Markt Maschine Maß Maßnahme Material Medaille Medien
        Medikament Medizin Meer Mehrheit Meile Meinung Meldung Menge Mensch Menschheit Messe Messer Metall Meter
        Methode Miete Mieter Milch Militär Miliz Minderheit Mindestlohn Minister Ministerin Ministerium Minute
        Missbrauch Mission Mitarbeiter Mitarbeiterin Mitglied Mittag Mitte Mittel Mitteilung Mitternacht Modell
        Moderator Möglichkeit Moment Monat Mord Mörder Morgen Moschee Motor Motorrad Mühe Müll Mund Museum Musik
        Musiker Mutter Mütter Nachbar Nachbarin Nachfolge Nachfolger Nachfrage Nachmittag Nachricht Nacht Nähe Nahrung
        Name Nase Nation Natur Nebel Netz Netzwerk Niederlage Niveau Norden Notfall Notstand Nummer Nutzer Nutzung
        Nutzen Oberfläche Obst Offensive Offizier Öl Olympia Oper Operation Opfer Opposition Ordnung Organisation Ort
        Osten Ozean Paar Paket Pandemie Panik Panzer Papier Parlament Partei Partie Partner Partnerin Party Passagier
        Patient Patientin Pause Pension Person Personal Pfarrer Pferd Pflanze Pflege Pflicht Pilot Pilotin Plan Planet
        Platz Politik Politiker Politikerin Polizei Polizist Polizistin Position Post Präsident Präsidentin Praxis
        Preis Premier Presse Prinzip Problem Produkt Produktion Produzent Professor Professorin Prognose Programm
        Projekt Protest Prozent Prozentpunkt Prozess Prüfung Publikum Punkt Qualität Quartal Quelle Rahmen Rakete Rand
        Rat Rathaus Raub Rauch Raum Reaktion Rebell Rechnung Recht Rede Redner Reform Regel Regelung Regen Regierung
        Region Reihe Reise Reisende Rekord Rente Rentner Reporter Reporterin Reporterinnen Republik Rest Restaurant
        Rettung Retter Revolution Richtung Risiko Rolle Rückgang Rückkehr Rücktritt Rückzug Ruhe Runde Sache Saison
        Salz Sanierung Sanktion Sänger Sängerin Satellit Satz Schaden Schäden Schadenersatz Schauspieler
        Schauspielerin Schicht Schiff Schlag Schlange Schluss Schnee Schritt Schuld Schulden Schule Schüler Schülerin
        Schuss Schutz Schwester Schwierigkeit See Seite Sekunde Selbstmord Senat Senator Senatorin Sender Senkung
        Serie Sicherheit Sicht Sieg Sieger Siegerin Signal Sitz Sitzung Soldat Soldatin Sonderbotschafter Sonne Sorge
        Spannung Spende Spiel Spieler Spielerin Spitze Sport Sportler Sprache Sprecher Sprecherin Sprengstoff Sprung
        Spur Staat Staatsanwalt Stadion Stadt Städte Stand Standort Star Start Station Statistik Statue Stelle
        Stellung Steuer Stiftung Stimme Stoff Strafe Straße Strecke Streik Streit Streitkräfte Strom Student Studentin
        Studie Studium Stück Stunde Sturm Suche Süden Summe System Szene Tag Täter Tatort Tatsache Tat Team Technik
        Technologie Teil Teilnehmer Telefon Temperatur Termin Terror Terrorismus Terrorist Test Text Theater Thema
        These Tier Tisch Tochter Tod Tonne Tor Tote Toter Todesopfer Tourist Tradition Transport Trainer Trainerin
        Training Trauer Treffen Treffer Trend Treppe Treibstoff Truppe Tunnel Tür Turm Turnier Übergang Überfall
        Überflutung Überlebende Übernahme Überraschung Überschwemmung Übung Ufer Uhr Umfang Umfrage Umgebung Umsatz
        Umstand Umwelt Unabhängigkeit Unfall Universität Unruhe Unterkunft Unterlage Unternehmen Unternehmer
        Unterricht Unterschied Unterschrift Unterstützung Unterstützer Untersuchung Unwetter Urlaub Urlauber Ursache
        Urteil Vater Väter Verantwortung Verband Verbesserung Verbindung Verbot Verbraucher Verbrechen Verbündete
        Verdacht Verdächtige Verdächtiger Verein Vereinbarung Verfahren Verfassung Vergangenheit Vergleich Verhalten
        Verhandlung Verhältnis Verkauf Verkehr Verlag Verletzte Verletzten Verletzter Verletzung Verlust Vermieter
        Vermittler Vermögen Vermutung Veröffentlichung Verordnung Verrat Versammlung Versicherung Version Versorgung
        Verspätung Versprechen Verstoß Versuch Verteidigung Vertrag Vertrauen Vertreter Vertreterin Verurteilung
        Verwaltung Verwandte Vertriebene Video Viertel Virus Vize Vogelgrippe Volk Vorfall Vorgang Vorjahr Vormittag
        Vorort Vorrat Vorschlag Vorschrift Vorsitz Vorsitzende Vorsitzender Vorstand Vorteil Vorwurf Vulkan Waffe
        Waffenruhe Waffenstillstand Wahl Wähler Wahrheit Wald Wand Ware Warnung Wasser Weg Welle Welt Weltmeister Werk
        Wert Westen Wetter Wettbewerb Wettkampf Widerstand Wiederaufbau Wind Wirkung Wirtschaft Wissen Wissenschaft
        Wissenschaftler Wissenschaftlerin Woche Wochenende Wohnung Wort Wunde Wunsch Zahl Zahlung Zahn Zeichen Zeit
        Zeitpunkt Zeitraum Zeitung Zelt Zentimeter Zentrum Zerstörung Zeuge Zeugin Ziel Zins Zinsen Zivilist
        Zivilisten Zivilistin Zoll Zone Zoo Zug Zugang Zukunft Zusage Zusammenarbeit Zusammenbruch Zusammenhang
        Zusammenstoß Zuschauer Zustand Zustimmung Zweifel Zwischenfall Konvoi Granate Mine Marschflugkörper Ermordung
        Attentat Attentäter Festnahmen Belagerung Blockade Stützpunkt Basis Einschlag Trümmer Zaun Mauer Dach Fassade
        Zelle Kabine Besatzung Crew Fonds Kanzler Anleihe Arbeitskampf Aufschwung Ausschreibung Beamtenschaft Bauwerk
        Börse Dividende Etat Exporte Gipfel Gremium Haushaltsplan Koalition Kommunikee Konjunktur Kurseinbruch
        Milliardär Mandat Notenbank Ministerrat Monarch Monarchie Plenum Präsidium Referendum Regierungschef Rüstung
        Sondervermögen Schuldenbremse Steuersenkung Subvention Verlierer Vermögenswert Wachstum Währung Wahlkampf
        Wahlkreis Zentralbank Zinssatz Abkehr Ablehnung Abriss Abstand Abwehr Achse Ackerland Albtraum Anbau
        Angestellte Anhörung Ansage Ansatz Ansicht Appell Applaus Arrest Asche Aspekt Atem Atom Attacke Aufenthalt
        Aufruf Aufsehen Aufwand Ausblick Auslöser Ausrüstung Ausstieg Autor Autorin Bagger Balkon Befragung Begegnung
        Begriff Behinderung Belohnung Beratung Bergung Beschäftigte Beschränkung Bestätigung Bestellung Bestand
        Besuchergruppe Beute Biologe Blick Blitz Block Blume Bohrung Branche Bruchteil Budget Bunker Container Defizit
        Deich Dementi Dienstag Disziplin Dreieck Durchbruch Echo Effekt Eifer Eile Eimer Einheimische Einreise
        Einschränkung Einwand Eisenbahn Embargo Emission Empfang Empfehlung Engpass Enkel Enthüllung Entzug Erdgas
        Erdöl Erinnerung Erschütterung Eskalation Etappe Evakuierte Fachmann Faktor Fangquote Fälschung Fernseher
        Festland Finger Flammen Flüchtling Flugblatt Flugverkehr Flügel Förderung Fracht Freispruch Frist Funk
        Funktion Funktionär Gang Garantie Gaspreis Gehweg Geldstrafe Gelenk Genehmigung Generation Gerücht Gesandte
        Geschenk Geschoss Geschwister Gesuch Getränk Gewinner Gift Gipfeltreffen Glas Glaube Gold Gottesdienst Grab
        Grippewelle Grundstück Gutachten Hälfte Hang Häftling Heer Hinrichtung Höchststand Holz Hilfsorganisation
        Hilferuf Importe Impuls Indiz Ingenieur Inhaber Insasse Insekt Institution Islamist Jagd Jet Jury Kabel
        Kalender Kanal Karriere Käse Kennzeichen Kette Klang Knie Knochen Kohlekraftwerk Kolonne Komplize Komponist
        Kongressabgeordnete Kopie Korrespondent Kraftstoff Krebs Kugel Kursgewinn Ladung Lampe Landwirtschaftsminister
        Laden Lebensgefahr Leck Legende Lehre Leid Leser Leutnant Loch Luftangriff Luftabwehr Lunge Magazin Major
        Makler Manöver Marke Maske Masse Medium Mehl Meisterschaft Menschenrecht Messung Migrant Mikrofon Milliarde
        Million Misstrauen Mittelfeld Mitschuld Mobilfunk Mode Monitor Motiv Munition Münze Muster Nachlass Nachspiel
        Nachteil Nachweis Neubau Neuwahl Notaufnahme Note Notlage Objekt Obdachlose Oberst Ofen Öffentlichkeit Opfern
        Orden Orkan Oxid Palast Panne Parade Paragraf Parkplatz Pass Pfeil Phase Philosoph Pilz Pipeline Plakat
        Plattform Pokal Polizeichef Portion Porträt Potenzial Prämie Presseagentur Priester Prinz Prinzessin Privileg
        Probe Produktivität Profil Profit Propaganda Provinz Prüfer Pumpe Quote Radio Rang Rasen Rätsel Raubüberfall
        Raumfahrt Raumschiff Rebellion Redaktion Reederei Reifen Reiter Reiz Rennen Reparatur Resolution Respekt
        Ressort Reserve Residenz Revier Rezession Rhythmus Riese Ring Roboter Rohstoff Roman Rücken Rückstand Ruine
        Rumpf Ruf Sabotage Saft Samstag Schale Schatten Schauplatz Scheibe Schicksal Schiedsrichter Schiene Schild
        Schlacht Schlamm Schloss Schlüssel Schmerz Schmuck Schmuggel Schock Schreiben Schrott Schub Schuh Schütze
        Schwelle Seele Segel Sektor Selbstverteidigung Separatist Sessel Siedler Siedlung Silber Sirene Skandal Skizze
        Sockel Sohn Söhne Souveränität Speicher Sperre Spezialist Spion Spionage Stab Stahl Status Staub Stau Stimmung
        Stiefel Stichwahl Stille Stirn Stock Strahlung Strand Strategie Streife Stufe Stuhl Sturz Sumpf Symbol Symptom
        Syndikat Tabelle Tafel Takt Taktik Tank Tanker Tarif Tasche Taxi Telefonat Teppich Testament Ticket Tiefe
        Titel Träger Transparenz Traum Trikot Triumph Trophäe Tropfen Truppenabzug Überblick Überfahrt Überschuss
        Übersetzer Umzug Unschuld Unwahrheit Uran Urheber Urkunde Urlaubsort Variante Verarbeitung Verbleib Verdienst
        Verfolgung Vergehen Vergewaltigung Vergiftung Verhaftung Verkäufer Verleumdung Vernunft Verrechnung Verzicht
        Verzögerung Veto Vision Volksabstimmung Vorbereitung Vorbild Vordergrund Vorgehen Vorgänger Vorlage Vorrang
        Vorschau Vorsprung Vortrag Waage Wachmann Waffenlieferung Wagen Wahlergebnis Wandel Wärme Wartezeit
        Wasserstoff Weizen Weltraum Werbung Werft Werkstatt Wette Widerspruch Wiese Wille Winkel Wolke Wohl Wrack
        Wunder Wurzel Wut Zeile Zensur Zentrale Zerfall Zettel Zinsschritt Zitat Zufall Zuflucht Zulassung Zunahme
        Zündung Zusammensetzung Zuschuss Zuversicht Zweck Zweig
    """.split()
)

# What stands in front in compounds and is no noun by itself.
FIRST_PARTS = frozenset("außen innen vor nach über unter haupt sonder gegen ex vize wieder zwischen".split())

# Compounds of everyday words that are names.
NAMES = frozenset("weltbank landtag volkspartei volkswagen unterland".split())
