import type { JSX } from 'preact';
import { Actions, Button, CsrfField, LinkButton } from '../../platform/web/index.ts';
import type { Tour } from './tour.ts';

/** One step of the tour, above the page that it speaks of; the place itself is the target of the address. */
export function TourCard({ tour, csrf }: { tour: Tour; csrf: string }): JSX.Element {
  const { step, steps } = tour;
  const here = steps[step - 1] as Tour['steps'][0];
  const [before, after] = [steps[step - 2], steps[step]];
  return (
    <section class="tour" aria-labelledby="tour-title">
      <div class="card-head">
        <h2 id="tour-title">第一次使用？三分钟看一遍</h2>
        <span class="help">
          第 {step} 步，共 {steps.length} 步
        </span>
      </div>
      <p>{here.text}</p>
      <form method="post" action="/help/tour">
        <CsrfField token={csrf} />
        <Actions>
          {after ? (
            <LinkButton kind="primary" href={after.href}>
              下一步
            </LinkButton>
          ) : (
            <Button name="end" value="done">
              看完了
            </Button>
          )}
          <a class="button button-secondary" href={here.href.slice(here.href.indexOf('#'))}>
            看这里
          </a>
          {before && (
            <LinkButton kind="quiet" href={before.href}>
              上一步
            </LinkButton>
          )}
          {after && (
            <Button kind="quiet" name="end" value="skipped">
              不看了
            </Button>
          )}
        </Actions>
      </form>
    </section>
  );
}
