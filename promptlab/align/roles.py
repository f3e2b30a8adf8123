"""What part of a process a word stands for: receiving, checking, deciding, writing, paying, closing and so on."""

from functools import lru_cache

from promptlab.align.words import stem, words_in

# One entry per role: words of the three languages that name the work itself, rarely its subject.
_WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "welcome": "accueillir accueil saluer bienvenue décrocher présenter recevoir réception ouvrir arrivée",
        "listen": "écouter écoute empathie entendre calmer apaiser rassurer excuser excuses comprendre compréhension",
        "ask": "questionner questions demander interroger préciser clarifier reformuler explorer découvrir"
        " cerner qualifier renseigner recueillir collecter besoin besoins attentes",
        "identify": "identifier identification repérer recenser inventaire lister dresser relever détecter"
        " constater reconnaître retrouver rassembler réunir inventorier",
        "record": "enregistrer enregistrement consigner noter inscrire saisir saisie dater ouvrir référencer"
        " indexer documenter fiche registre",
        "check": "vérifier vérification contrôler contrôle valider vérifiez conformité inspecter examiner"
        " comparer rapprocher tester essai recompter",
        "analyse": "analyser analyse évaluer étudier diagnostiquer diagnostic estimer causes décortiquer"
        " interpréter dépouiller mesurer",
        "aim": "objectif objectifs but cadrer définir définition finalité clarifier priorités",
        "plan": "planifier calendrier planning programmer programme date échéancier organiser agenda déroulé"
        " itinéraire étapes rétroplanning créneau",
        "budget": "budget chiffrer coût coûts prix tarif calculer financement financer dépenses subvention"
        " sponsors aides",
        "decide": "décider décision choisir choix trancher arbitrer retenir sélectionner sélection opter",
        "search": "chercher rechercher recherche trouver prospecter sourcer repérer consulter comparer",
        "offer": "proposer proposition solution offrir offre répondre réponse geste dédommager indemniser"
        " compensation alternative",
        "write": "rédiger rédaction écrire courrier lettre message formuler concevoir élaborer construire composer",
        "negotiate": "négocier négociation discuter conditions objections argumenter convaincre médiation"
        " compromis accord",
        "approve": "valider validation approuver approbation accord autorisation signer signature visa"
        " engagement contrat convention",
        "order": "commander commande acheter achat réserver réservation louer émettre émission",
        "prepare": "préparer préparation aménager installer équiper matériel ranger nettoyer mettre logistique poste",
        "people": "équipe équipes rôles répartir désigner nommer affecter responsable tuteur référent mobiliser"
        " déléguer constituer interlocuteur",
        "inform": "informer information prévenir annoncer communiquer communication diffuser diffusion avertir"
        " publier partager transmettre inviter invitation invitations promouvoir promotion afficher",
        "carry": "réaliser exécuter exécution mettre œuvre lancer animer mener conduire piloter appliquer"
        " traiter effectuer agir gérer",
        "pay": "payer paiement régler règlement facture facturer facturation encaisser encaissement rembourser"
        " remboursement acompte",
        "send": "envoyer envoi expédier expédition livrer livraison remettre adresser distribuer transport retour",
        "store": "stock stocker entrepôt ranger déballer réceptionner quantité emplacement",
        "train": "former formation entraîner répéter initier apprendre accompagner intégrer intégration briefer",
        "follow": "suivre suivi relancer relance surveiller rappeler points réguliers réajuster maintenir"
        " entretenir jour",
        "close": "clôturer clôture clore conclure conclusion terminer archiver archivage classer classement"
        " congé solder restituer fermer finaliser",
        "learn": "bilan améliorer amélioration enseignements leçons évaluation retours satisfaction tirer"
        " résultats progrès",
        "protect": "sécuriser sécurité protéger droits accès sauvegarder confidentialité rgpd risques assurance"
        " urgence urgences prévention secours",
        "law": "loi légal légale réglementation règles obligations conformité fiscal formalités administratif"
        " juridique douane",
        "escalate": "escalader litige recours tiers responsable justice judiciaire demeure contentieux"
        " médiateur signaler",
    },
    "en": {
        "welcome": "welcome greet greeting receive reception answer arrive arrival open introduce",
        "listen": "listen hear empathy empathise apologise apologize calm reassure understand acknowledge",
        "ask": "ask question questions clarify gather collect details needs discover explore",
        "identify": "identify find list spot detect map inventory recognise locate audit",
        "record": "record log note document register enter file report",
        "check": "check verify inspect control test review examine confirm validate compare walk",
        "analyse": "analyse analyze assess evaluate study diagnose cause causes estimate investigate measure",
        "aim": "goal goals purpose objective objectives aim define scope audience",
        "plan": "plan schedule date timeline calendar programme program agenda timetable itinerary",
        "budget": "budget cost costs price funding fund spending sponsors calculate afford money",
        "decide": "decide decision choose choice select selection pick outcome",
        "search": "search look find source shortlist research",
        "offer": "offer propose solution respond relief compensation alternative resolve",
        "write": "write draft letter message compose build design create",
        "negotiate": "negotiate discuss terms objections persuade agree mediation",
        "approve": "approve approval sign agreement authorise contract permission",
        "order": "order buy purchase book booking reserve hire",
        "prepare": "prepare set equip arrange ready materials logistics site room",
        "people": "team roles assign appoint staff volunteers delegate recruit brief responsible",
        "inform": "inform tell announce communicate promote publicity publish share invite notify spread explain",
        "carry": "run act execute launch deliver process implement handle carry",
        "pay": "pay payment invoice refund bill credit charge deposit",
        "send": "send ship post return dispatch label parcel deliver",
        "store": "stock restock store warehouse unpack inventory shelf",
        "train": "train training rehearse practise coach onboard induction teach",
        "follow": "follow track monitor remind chase update maintain",
        "close": "close conclude finish archive end wrap complete file",
        "learn": "learn improve feedback lessons evaluate results thank debrief",
        "protect": "safety secure security protect risk emergency emergencies insurance hazards privacy",
        "law": "law legal policy rules compliance permits regulations tax",
        "escalate": "escalate dispute third manager court complaint",
    },
    "es": {
        "welcome": "recibir acoger bienvenida saludar atender recepción llegada presentar",
        "listen": "escuchar empatía disculpar disculpas calmar comprender entender tranquilizar",
        "ask": "preguntar preguntas aclarar recoger recopilar datos necesidades solicitar",
        "identify": "identificar localizar listar detectar reconocer inventario",
        "record": "registrar registro anotar documentar apuntar expediente",
        "check": "comprobar verificar revisar controlar inspeccionar examinar comparar probar",
        "analyse": "analizar análisis evaluar estudiar valorar causas investigar medir",
        "aim": "objetivo objetivos finalidad definir define propósito",
        "plan": "planificar calendario fecha programa agenda itinerario diseñar fijar",
        "budget": "presupuesto coste costes precio calcular financiar gastos dinero",
        "decide": "decidir decisión elegir escoger seleccionar",
        "search": "buscar encontrar investigar",
        "offer": "ofrecer proponer solución responder respuesta compensación",
        "write": "redactar escribir carta mensaje elaborar",
        "negotiate": "negociar condiciones discutir acordar objeciones",
        "approve": "aprobar validar firmar autorizar acuerdo contrato",
        "order": "pedir pedido comprar reservar contratar",
        "prepare": "preparar material materiales organizar equipar",
        "people": "equipo responsable nombrar asignar papeles repartir delegar",
        "inform": "informar comunicar avisar anunciar difundir publicar invitar compartir",
        "carry": "ejecutar aplicar realizar coordinar gestionar llevar",
        "pay": "pagar pago factura cobrar reembolsar reembolso",
        "send": "enviar envío entregar entrega devolver",
        "store": "almacén existencias stock",
        "train": "formar formación ensayar enseñar acompañar",
        "follow": "seguir seguimiento controlar recordar mantener",
        "close": "cerrar cierre concluir archivar terminar regreso vuelta",
        "learn": "mejorar balance lecciones resultados aprender satisfacción",
        "protect": "seguridad proteger salud seguro seguros riesgos visados",
        "law": "ley legal requisitos obligaciones fiscales normas",
        "escalate": "reclamar litigio tribunal mediador denunciar",
    },
}
ROLES = tuple(_WORDS["fr"])


@lru_cache(maxsize=1)
def roles() -> dict[tuple[str, str], tuple[int, ...]]:
    """(language, stem) -> the numbers of the roles, in `ROLES`, that the word may stand for."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for language, lists in _WORDS.items():
        for number, role in enumerate(ROLES):
            for short in sorted({stem(word, language) for word in words_in(lists[role])}):
                found[language, short] = (*found.get((language, short), ()), number)
    return found
