"""`python -m redan`."""

from redan.views.cli.main import main

if __name__ == "__main__":
    main()
