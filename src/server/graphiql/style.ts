/** What the page adds to GraphiQL's style. */

/** The screens that have no room for two editors beside each other. */
export const narrowScreen = '(max-width: 700px)';

/** The page's own style. */
export const style = `
/*
 * GraphiQL leaves its ready-made tabs with a shift to the right that its style hides only until a tab is pressed:
 * the tab then jumps away from under the mouse, and the first click on it is lost.
 */
.graphiql-tab { transform: none !important; }
/* Of the height of a phone, the bars of the browser take a part that comes and goes. */
.graphiql-container { height: 100dvh; }
/* GraphiQL lets its editors reach out of their frames, for what hangs from a line. The page is not to grow by them. */
.graphiql-container { position: relative; }
/* What fades out at the edge is not in view. */
.graphiql-tab { scroll-margin-inline: 32px; }
#examples { flex-direction: column; gap: 8px; padding: 16px; width: 480px; height: min(600px, 100dvh - 32px); box-sizing: border-box; }
#examples[open] { display: flex; }
#examples header { display: flex; justify-content: space-between; align-items: center; }
#examples h2 { margin: 0; }
#examples header button { padding: 4px 10px; }
#examples p { margin: 0; overflow-wrap: anywhere; }
#examples p:empty { display: none; }
#examples input, #examples li button { font: inherit; color: inherit; border-radius: 4px; padding: 8px; box-sizing: border-box; width: 100%; }
#examples input { background: none; border: 1px solid hsla(var(--color-neutral), var(--alpha-tertiary)); }
#examples ul { list-style: none; margin: 0; padding: 2px; overflow-y: auto; flex: 1; min-height: 0; }
#examples li button { background: none; border: 0; cursor: pointer; text-align: left; overflow-wrap: anywhere; }
#examples li button:hover { background: hsla(var(--color-neutral), var(--alpha-background-light)); }
@media ${narrowScreen} {
  .graphiql-container .graphiql-container { flex-direction: column; }
  .graphiql-container .graphiql-sidebar { flex-direction: row; width: auto; padding: 2px 8px; flex-shrink: 0; }
  .graphiql-container .graphiql-main { flex-direction: column; min-height: 0; }
  .graphiql-container .graphiql-plugin { padding: 8px 12px; border: 0; min-width: 0; }
  .graphiql-container .graphiql-sessions { margin: 0; border-radius: 0; min-height: 0; }
  .graphiql-container .graphiql-session-header { padding: 4px 4px 0; }
  /* Tabs that do not fit fade out: there is more to scroll to. */
  .graphiql-container .graphiql-tabs { padding-right: 32px; mask-image: linear-gradient(to left, transparent, #000 32px); }
  /* It is the name of a key, and does not fit. */
  .graphiql-doc-explorer-search-input input::placeholder { color: transparent; }
  .graphiql-container .graphiql-logo, .graphiql-horizontal-drag-bar { display: none; }
  .graphiql-container #graphiql-session { flex-direction: column; padding: 0; min-height: 0; }
  .graphiql-container .graphiql-editors { min-height: 0; border-radius: 0; }
  .graphiql-container .graphiql-query-editor, .graphiql-container .graphiql-editor-tool { padding: 8px; column-gap: 4px; }
  .graphiql-container .graphiql-editor-tools { padding: 0 8px; }
  .graphiql-container .graphiql-response { padding: 8px; min-height: 0; }
  .graphiql-dialog { max-width: calc(100vw - 16px); width: calc(100vw - 16px); }
  .graphiql-dialog .graphiql-dialog-section { flex-wrap: wrap; padding: 12px; gap: 8px; }
  .graphiql-dialog .graphiql-dialog-section > :not(:first-child) { margin-left: 0; }
}
`;
