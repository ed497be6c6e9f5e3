"""The first minutes with the web app: two people sign up, talk encrypted, and find everything again after a reload."""

from playwright.async_api import Playwright

from tests.e2e.web_app import PHONE, AppPerson


async def test_two_people_sign_up_and_talk(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url)
    await ani.look()
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await ani.look()
    budi = await AppPerson.arrive(playwright, url, view=PHONE, theme="dark")
    await budi.sign_up(number="+6281234567891", handle="budi", name="Budi")
    await budi.look()

    await ani.start_chat("budi")
    await ani.say("halo Budi")
    await budi.open_chat("Ani")
    await budi.page.get_by_role("button", name="Accept").click()
    await budi.reads("halo Budi")
    await budi.say("halo juga")
    await ani.reads("halo juga")
    await ani.look()
    await budi.look()

    await ani.page.reload()
    await ani.reads("halo juga")

    assert (ani.strange, budi.strange) == ([], [])
    for person in (ani, budi):
        await person.leave()
