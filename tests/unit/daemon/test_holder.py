import os
import subprocess

from daemon.holder import is_dead, own_name


def test_this_process_is_alive() -> None:
    assert not is_dead(own_name())


def test_a_process_that_ended_is_dead() -> None:
    host, namespace, _, started = own_name().split("/")
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    assert is_dead(f"{host}/{namespace}/{ended.pid}/{started}")


def test_a_later_process_of_the_same_number_is_not_the_holder() -> None:
    host, namespace, number, _ = own_name().split("/")
    assert int(number) == os.getpid()
    assert is_dead(f"{host}/{namespace}/{number}/1")


def test_a_holder_on_another_machine_may_live() -> None:
    assert not is_dead("elsewhere/4026531836/1/1")
    assert not is_dead("nonsense")
