"""What the made-up pupils choose and write: French, written for this project, with the faults that pupils make."""

import random

HIGHLIGHTS = {
    "inappropriate": '<w:highlight w:val="yellow"/>',
    "non_compliant": '<w:highlight w:val="red"/>',
    "relevant": '<w:highlight w:val="green"/>',
}
# Items of the three answers of run-a that a class may well discuss, with the tag that many would give.
LIKELY = (
    ("1·1.1", "inappropriate"), ("1·3.1", "inappropriate"), ("1·3.2", "inappropriate"), ("1·3.3", "inappropriate"),
    ("1·4.1", "relevant"), ("1·4.2", "relevant"), ("1·6.3", "relevant"), ("1·7.1", "inappropriate"),
    ("2·1.1", "relevant"), ("2·1.2", "relevant"), ("2·2.1", "relevant"), ("2·2.2", "inappropriate"),
    ("2·4.1", "relevant"), ("2·5.1", "relevant"), ("2·6.2.1", "inappropriate"), ("2·7.1", "inappropriate"),
    ("3·1.1", "relevant"), ("3·5.1", "relevant"), ("3·6.1", "non_compliant"), ("3·3.1", "non_compliant"),
    ("3·8.1", "non_compliant"), ("1·2.1", "relevant"), ("2·3.1", "relevant"), ("1·5.2", "relevant"),
)  # fmt: skip
REMARKS = (
    "Trop général, ça marche pour n'importe quel client.",
    "On parle du téléphone alors que la cliente a écrit un mail !",
    "Le prompt 1 donne 7 étapes mais rien sur nos tissus.",
    "Plus précis : on parle enfin de l’écrit et des pièces jointes.",
    "Il manque la référence A52000 et le bon de commande 11-024",
    "L'IA croit que la marchandise est déja revenue, or elle est encore chez le client.",
    "= même chose que le prompt 1, mais avec des exemples",
    "Le modèle de lettre est à trous, il faut mettre 804,00 € TTC.",
    "- la facture d'avoir arrive enfin\n- on sait quoi vérifier",
    "Je garde les étapes 3, 4 et 5.",
)
TALK = (
    "Avec Inès on n'était pas d'accord sur le recommandé.",
    "Tout le monde a mis jaune pour « sans l’interrompre ».",
    "Le bon de retour n’existe pas encore, donc on l'a mis en rouge.",
    "On garde car l’avoir se déduit : la facture n'est pas payée.",
    "Pas de temps pour en parler…",
)
WHY = (
    "à l'oral, pas par mail",
    "la cliente a écrit",
    "trop vague pour notre cas",
    "rien dans les documents ne le dit",
    "la marchandise n'est pas encore revenue",
    "utile : commande 11-024 et facture 879",
    "pas notre métier",
)


def choose(seed, count, *, but=()):
    """Some of the likely items for one pupil, in the order of the document; one in four has another tag."""
    dice = random.Random(seed)
    chosen = [pair for pair in LIKELY if pair[0] not in but and pair[0] != "3·3.1"]
    picked = sorted(dice.sample(range(len(chosen)), count))
    tags = tuple(HIGHLIGHTS)
    return [(chosen[at][0], chosen[at][1] if dice.random() < 0.75 else dice.choice(tags)) for at in picked]


def remarks(seed):
    """Three remarks."""
    return random.Random(seed).sample(REMARKS, 3)
