/** Three layers, the newest on top. Decoration beside the name. */
export function StrataMark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" fill="currentColor" aria-hidden="true">
      <path d="M1.5 5.2 9 1.8l7.5 3.4L9 8.6z" />
      <path d="M1.5 8.6 9 12l7.5-3.4v1.6L9 13.6l-7.5-3.4z" opacity=".55" />
      <path d="M1.5 12.2 9 15.6l7.5-3.4v1.4L9 17l-7.5-3.4z" opacity=".28" />
    </svg>
  );
}
