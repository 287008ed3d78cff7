"""A hosted form: one page without scripts, in Chinese and English, whose answers become tickets."""
