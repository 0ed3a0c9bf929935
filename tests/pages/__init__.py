"""Pages: what is published, served by GitHub's rules and crawled; the workflow, checked and run as a runner would."""
