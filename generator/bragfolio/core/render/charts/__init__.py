"""Charts: the figures of insights as SVG that a page holds, drawn here and coloured by the theme."""
