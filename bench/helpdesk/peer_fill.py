"""Fills the peer's database with tickets, once: 21 users, 50 queues, one ticket in twenty open."""

from __future__ import annotations

import random
import sys
from datetime import timedelta

import django

SHARES = {1: 3, 2: 2, 3: 5, 4: 85, 5: 5}
BATCH = 5_000


def main(tickets: int) -> None:
    django.setup()
    from django.contrib.auth import get_user_model
    from django.utils import timezone
    from helpdesk.models import Queue, Ticket
    from peer_site import PASSWORD, USER

    if Ticket.objects.count() >= tickets:
        return
    users = get_user_model().objects
    owner = users.create_superuser(USER, f"{USER}@bantuan.example.com", PASSWORD)
    owners = [owner, *(users.create_user(f"petugas{n}", is_staff=True) for n in range(20))]
    queues = [Queue.objects.create(title=f"Antrean {n}", slug=f"antrean{n}") for n in range(50)]
    dice, now = random.Random(1), timezone.now()
    statuses, weights = list(SHARES), list(SHARES.values())
    for first in range(0, tickets, BATCH):
        Ticket.objects.bulk_create(
            Ticket(
                title=f"Lampu jalan padam {number}",
                queue=dice.choice(queues),
                created=now - timedelta(minutes=tickets - number),
                modified=now - timedelta(minutes=tickets - number),
                submitter_email=f"warga{number % 1000}@bantuan.example.com",
                assigned_to=dice.choice(owners),
                status=dice.choices(statuses, weights)[0],
                description="Lampu di depan balai desa padam sejak dua minggu yang lalu. " * 4,
                priority=dice.randint(1, 5),
            )
            for number in range(first, min(first + BATCH, tickets))
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
