"""`python -m classroom` is the command `classroom`."""

from classroom.cli import main

if __name__ == "__main__":
    main(prog_name="classroom")
