"""What a receipt opens: the decisions about one's own text or report, and nothing of anybody else's."""

from participation.contributions.models import ContributionStatus
from participation.moderation import matters
from participation.moderation.models import Action
from participation.receipts import operations as receipts
from tests.ideas.makers import make_idea
from tests.moderation.fair_makers import come_back, make_authored, make_notice
from tests.moderation.makers import make_decision


def test_a_receipt_of_something_else_is_no_matter_of_this_desk(app):
    assert matters.matter(receipts.issue().receipt) is None


def test_everybody_sees_their_own_decision_only(client):
    mine, my_code = make_authored(ContributionStatus.WAITING, title="Meine Idee")
    other, _code = make_authored(ContributionStatus.WAITING, title="Fremde Idee")
    make_decision(mine, facts="Meine Gründe.")
    make_decision(other, facts="Fremde Gründe.")
    page = come_back(client, my_code)
    assert "Meine Gründe." in page
    assert "Fremde Gründe." not in page


def test_the_author_does_not_learn_who_reported(client):
    idea, code = make_authored()
    make_notice(idea, name="Frau Öztürk", explanation="Meine Nachbarin wird beleidigt.")
    make_decision(idea, None, Action.HIDE)
    page = come_back(client, code)
    assert "Somebody had reported your text to us." in page
    assert "Öztürk" not in page
    assert "Nachbarin" not in page


def test_whoever_reported_learns_nothing_about_the_author(client):
    idea = make_idea(author_name="Herr Kaya", title="Schaukel")
    _notice, code = make_notice(idea)
    assert "Schaukel" in come_back(client, code)
    make_decision(idea, None, Action.HIDE)
    assert "Kaya" not in come_back(client, code)


def test_the_newest_decision_stands_open_and_the_older_ones_fold(client):
    idea, code = make_authored()
    make_decision(idea, None, Action.HIDE, facts="Zuerst.")
    make_decision(idea, None, Action.REMOVE, facts="Danach.")
    page = come_back(client, code)
    assert page.index("Danach.") < page.index("Zuerst.")
    assert page.count("<details open>") == 1
