/** Important rules of :host beat even important rules of the page, so that no page can break us. */
export const CSS = `
:host{all:initial!important;position:fixed!important;z-index:2147483647!important;inset:auto 0 0 auto!important;
 display:block!important;width:0!important;height:0!important;visibility:visible!important;opacity:1!important;
 color-scheme:light dark!important;
 font:14px/1.5 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif!important}
*{box-sizing:border-box}
[hidden]{display:none!important}
.dock{--side:max(20px,env(safe-area-inset-right));--foot:max(20px,env(safe-area-inset-bottom))}
.dock>*{position:fixed;right:var(--side)}
.left>*{right:auto;left:max(20px,env(safe-area-inset-left))}
button{font:inherit;border:0;cursor:pointer;padding:0}
button:focus-visible{outline:3px solid var(--brand);outline-offset:3px}
.launch{bottom:var(--foot);width:56px;height:56px;border-radius:50%;background:var(--brand);color:var(--on);
 display:grid;place-items:center;box-shadow:0 4px 16px rgb(0 0 0/.24),0 0 0 1px rgb(255 255 255/.16);
 transition:transform .15s}
.launch:hover{transform:scale(1.05)}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;display:block}
.badge{position:absolute;top:-3px;right:-3px;min-width:20px;height:20px;padding:0 6px;border-radius:10px;
 background:#b81d24;color:#fff;font-size:12px;line-height:20px;font-weight:600;text-align:center;box-shadow:0 0 0 2px #fff}
.hint{bottom:calc(var(--foot) + 72px);width:max-content;max-width:min(300px,calc(100vw - 40px));display:flex;
 background:#fff;color:#1b1e24;border-radius:14px;box-shadow:0 6px 28px rgb(0 0 0/.2)}
.hint .say{background:none;color:inherit;text-align:start;padding:12px 0 12px 16px;border-radius:14px;overflow-wrap:anywhere}
.hint .no{background:none;color:#5c6370;width:36px;height:36px;flex:none;display:grid;place-items:center;border-radius:50%;margin:4px}
.no svg{width:16px;height:16px}
.panel{bottom:calc(var(--foot) + 72px);width:384px;height:min(640px,calc(100vh - var(--foot) - 92px));
 border-radius:16px;overflow:hidden;background:#fff;box-shadow:0 10px 48px rgb(0 0 0/.24),0 0 0 1px rgb(0 0 0/.06)}
iframe{border:0;width:100%;height:100%;display:block;color-scheme:normal}
@media(prefers-color-scheme:dark){.panel{background:#16181d;box-shadow:0 10px 48px rgb(0 0 0/.6),0 0 0 1px rgb(255 255 255/.14)}
 .hint{background:#24272f;color:#eef0f4;box-shadow:0 6px 28px rgb(0 0 0/.5),0 0 0 1px rgb(255 255 255/.12)}.hint .no{color:#b4bac6}}
@media(max-width:480px){.dock .panel{inset:0;width:100%;height:100vh;height:100dvh;border-radius:0;
 padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}
 .dock.open .launch{display:none}}
@media(prefers-reduced-motion:no-preference){.panel,.hint{animation:rise .18s ease-out}}
@keyframes rise{from{opacity:0;transform:translateY(10px)}}
@media print{:host{display:none!important}}
`
