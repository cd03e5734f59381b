const words = (list: string) => new Set(list.split(' '));

/** English words that the other languages here do not have. */
export const ENGLISH_WORDS = words(
  'the and that with from by are has have had were been after before says said over its this their they which would could should will ' +
    'not how why what who when where while into about against under more than out up off new first year years how can may your you ' +
    'his her our we she it an be but now all one two three day week amid',
);

/** English function words that are words or name particles elsewhere too. */
export const SHARED_ENGLISH_WORDS = words('of to in for is on at as was or no so do us he if');

/** Words of other languages that are also particles of names in English text. */
export const NAME_PARTICLES = words(
  'la le de el al des du von van der den da di del los las dos das san do e y o i u ya bin ibn ben en',
);

/**
 * Words of other languages: function words, then the news's own, with none that English text has in lower case (checked against
 * 6,000 English headlines).
 */
export const OTHER_WORDS = words(
  [
    // French
    'visent rejette enquête paralysé blessés amende mairies protéger rançongiciel bruxelles vulnérabilité infligée inflige géante lycée nouveau nouvelle nouveaux président ministre élections guerre policiers appelle annonce dénonce victime victimes jours semaine heures procès condamné tué tués réseau hôpital santé système informatique ligne ' +
      'les une est dans avec qui que au aux ce cette ces sont été après contre entre vers chez leur leurs nous vous ils elle mais ou où ' +
      'être fait selon depuis encore très tous deux trois mort morts gouvernement données entreprise faille sécurité français prix jeudi lundi mardi mercredi vendredi samedi dimanche ' +
      'accusé accusée veut doit peut sous lors afin fuite piratage cyberattaque massif logiciel attaque',
    // German
    'trifft erpressen meldet schützen steigt opfer zahl kritische schwachstelle gewinnt startet fliehen tausende menschen warum wieder immer gibt schickt verschiebt droht fordert kritisiert sagt verletzt tote toter bundeswehr kanzler streit wahl deutschen firmen unternehmen behörden störung stadtwerke versicherer konto welle geld muss müssen soll sollen jetzt heute gestern woche erste ersten letzte zwischen seit ohne ' +
      'und ist nicht ein eine einer eines einem einen mit auf für zu zum zur im dem sich auch nach bei aus wie werden sind haben wurde wurden über gegen ' +
      'bis unter durch noch nur mehr oder aber wegen zwei drei neue neuer neues neuen jahr jahre kunden daten gestohlen polizei regierung krieg warnung sicherheitslücke angriff hackerangriff ' +
      'lücke klinik millionen nimmt gesetz erneut banken falschen schließt beschließt entdeckt greift legt lahm warnt kein keine beim vom ihre seine deutschland',
    // Spanish
    'filtran viaja detiene evitar estafas gana muere huelga trenes crítica investiga brecha paraliza ayuntamiento guardia seguridad peor vende vuelve quiere queda vidas empresa empresas guerra víctimas rusia ucrania juez tribunal partido elecciones días semana secretos premios todo todos hacia cada otro otra así puede pide denuncia infección víctima ciudadanos usuarios española español ' +
      'una uno por para como más pero sus este esta fue han sobre desde hasta contra tras según también muy ante cuando donde quien cómo qué ' +
      'años tres gobierno datos ataque policía españa roban robo detenido detenidos millones ley precio luz nuevo nueva nuevos contraseñas ciberataque fallo correos falsos aprueba corrige ' +
      'cae sube alerta hackean ministerio muertos primera será está están lo un es ciudad mundo horas durante',
    // Portuguese and Galician
    'invadem confirma paralisa empata chuva desvio prefeitura senado segurança usuários brasileiro brasileira justiça morre mortos mulher homem anuncia novos rede contas vaza hackeado ataques ' +
      'os uma um não são pelo pela pelos nos ao aos mas foi seu sua após até já também diz ' +
      'dados vazamento polícia governo falha golpe milhões clientes brasil lei expõe atinge prende vítimas roubados suspeitos aprova vence bolsa estreia ano anos dois duas em',
    // Italian
    'colpisce regione garante incontra batte corso furto morto morti feriti sicurezza aziende azienda utenti italiani italiano processo indagine arrestati sequestrati nuovi scoperta ecco oggi ieri tutti tutto ' +
      'il gli della delle degli dei che sono nel nella nelle dal dalla alla alle sul sulla anche più dopo contro tra fra ' +
      'dati attacco rubati arrestato polizia milioni clienti legge nuovo nuova anni due tre italia sciopero allarme truffe informatico falla violati crolla attenzione domani treni ancora cosa perché chi',
    // Dutch
    'treft gemeente onderzoekt datalek waarschuwt spionage verliest stelen bedrijven slachtoffers beveiliging storing nederlandse kabinetsplan moet kunnen mensen dag gaat komt krijgt weer meldt nieuws ' +
      'het een voor met zijn wordt worden ook niet naar bij uit aan maar nog als heeft hebben werd tegen onder jaar twee drie geen deze dit meer veel ' +
      'politie gegevens gestolen kabinet oorlog waarschuwing bedrijf betaalt losgeld cyberaanval ziekenhuis miljoenen klanten lek ernstig pakt morgen treinen rijden regen kamer wet nieuwe valse plat stemt',
    // Scandinavian
    'stal utreder dataintrång vill skärpa lagen patientdata säger döda skadade företag säkerhet sverige danmark danske svenska angrep angreb hackerangreb hackere kvinne ' +
      'och att det är som på av för med till inte har ett om efter från vid nu kan ska blev var sig två nya ny nytt ikke til etter ved også ble blir skal ' +
      'polisen politiet regeringen kriget varning stulna kunder miljoner uppgifter sjukhus intrång lov sikkerhet falska mejl stort hos myndighet griper kunderna varnar og jeg hvor hvad nye',
    // Turkish
    'bakanlık açıklama yaptı fidye yazılımı belediyeyi vurdu görüştü kazandı kişisel veriler sızdırıldı cumhurbaşkanı bakan uyarı saldırısı tutuklandı öldü güvenlik açıkladı ' +
      'bir için ile olarak daha çok sonra kadar gibi yok oldu olan mı mu değil iki üç yeni kaç siber saldırı verileri çalındı açığı kapattı ' +
      'polis meclis yasayı onayladı gözaltına aldı borsa güne düşüşle başladı bankalara kullanıcının hastaneye deprem dolar durum türkiye karşı etti edildi',
    // Indonesian and Malay
    'selidiki dugaan serang pusat nasional bertemu melindungi akun gempa guncang negara presiden menteri orang tewas keamanan pengguna aplikasi diduga resmi usai soal hingga sebut minta ' +
      'yang dari untuk dengan pada ini itu tidak akan juga dalam oleh ada bisa sudah telah lebih atau karena hari tahun baru dua tiga serangan jutaan pelanggan bocor ' +
      'polisi tahan tangkap peretas pemerintah kerajaan sahkan undang harga emas naik turun waspada penipuan lewat situs kementerian diretas kebocoran terbesar menang laga pertama rumah sakit lumpuhkan tambal celah kritis atas penggodam lulus baharu',
    // Polish, Czech, Slovak, Croatian, Slovene
    'wojsko ostrzega zaatakowali spotkał rosyjscy hakerzy kolej rządu ukrainy rosja rosji polski polska prezydent prezydenta ludzi firmy zakaz chce może ponad ' +
      'nie się jest dla przez przed jak ale czy już są był była tego które który ze przeciw nowy nowa nową dwóch ' +
      'policja policie rząd sejm wyciek danych atak hakerski milionów wojna uwaga fałszywe szpital wirus atakuje banki ceny paliw dół wygrywa mecz ustawę łatę zatrzymała przyjął ' +
      'že jako aby byl byla při proti podle útok unikla zadržela dva rostou opět energií nemocnici nije koji protiv nakon vlada novi zakon napad podaci dvojicu uhitila usvojila ukradeni bolnicu policija',
    // Romanian, Albanian, Hungarian, Finnish, Estonian
    'și în sunt care pentru prin după fost unui unei asupra doi datele atac legea poliția guvernul arestat mailurile vremea schimbă mâine ' +
      'dhe në të për nga një më që ndaj ligjin policia qeveria sulm dy miraton arreston az és hogy nem egy meg volt csak ellen után új törvényt ellopták adatait elfogadták kórház ' +
      'ei että oli ovat kun mutta myös kanssa joka vastaan poliisi tiedot varastettu asiakkaiden miljoonien kaksi pidätti sairaalaan kyberhyökkäys',
    // Somali, Swahili, Hausa, Kurdish (Kurmanji), Azerbaijani, Filipino
    'oo iyo uu waa ayaa lagu qaaday booliska dowladda laba sharci cusub weerar wa kwa katika yake serikali sheria mpya mtandao shambulio hospitalini ' +
      'cikin wani û bi ên jî və ilə üçün edib olub ng mga nang hindi',
    // Vietnamese
    'và của là có được trong cho với không một những người các đã từ này khi về vào công mạng lỗ hổng dữ liệu',
  ].join(' '),
);
