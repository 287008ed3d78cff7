import { defineConfig, type Plugin } from 'vite'

/** What is loaded late (the language, articles) has nothing to preload: no styles, no parts of its own. */
const noPreload: Plugin = {
  name: 'no-preload',
  enforce: 'pre',
  load: (id) =>
    id.includes('vite/preload-helper')
      ? 'export const __vitePreload = (load) => load()'
      : undefined,
}

// The frame: one page with hashed assets, served by the desk below /widget/.
export default defineConfig({
  base: '/widget/',
  publicDir: false,
  plugins: [noPreload],
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } },
  build: {
    outDir: '../src/yizhan/static/widget',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: { input: 'frame.html' },
  },
})
