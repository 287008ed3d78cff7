/** What is fetched again when a layout changes. */
export const layoutKeys = [['layouts'], ['layouts-shown'], ['layout-versions'], ['layout-reach']]
