import { defineConfig, type Plugin } from 'vite'

/** The one chunk that is loaded late is the language, which has nothing to preload. */
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
