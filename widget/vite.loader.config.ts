import { defineConfig } from 'vite'

// The loader: one classic script whose address never changes, because it stands in customers' pages.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: '../src/yizhan/static/widget',
    emptyOutDir: false,
    target: 'es2022',
    minify: 'oxc',
    lib: {
      entry: 'src/loader/main.ts',
      formats: ['iife'],
      name: 'yzLoader',
      fileName: () => 'loader.js',
    },
  },
})
