"""Everything under `/api` that is about money, and what appointments came to."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.doors import Doors
from classroom.http.figures import figure_routes
from classroom.http.invoice_list import invoice_list_routes
from classroom.http.invoices import invoice_routes
from classroom.http.mine_money import mine_money_routes
from classroom.http.packages import package_routes
from classroom.http.pay_hook import pay_hook_routes
from classroom.http.pay_settings import pay_settings_routes


def money_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of invoices, payments, packages and figures."""
    return (
        invoice_list_routes(doors),
        invoice_routes(doors),
        mine_money_routes(doors),
        pay_hook_routes(doors),
        pay_settings_routes(doors),
        package_routes(doors),
        figure_routes(doors),
    )
