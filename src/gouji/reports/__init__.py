"""What a reader gets to see: one :class:`~gouji.checking.result.CheckResult`, shown in several ways.

- ``terminal.print_report``: for the accountant at the keyboard, 80 columns, no colour needed;
- ``machine.to_json``: for programs, a versioned schema (``check-schema.json``, ``docs/check-schema.md``);
- ``page.write_html``: for the file, one self-contained page with the evidence framed on its pages;
- ``rulebook.print_rules`` and ``print_rule``: the rule catalogue itself.

They show the same findings in the same order and words (``wording``, ``verdict``) and add no judgement of
their own. Nothing is imported here, so that a caller pays only for the report it asks for.
"""
