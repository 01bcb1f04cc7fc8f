import type { JSX } from 'preact';
import type { Need } from '../needs.ts';
import { NeedLinks, SearchBox } from './search.tsx';

const TILES = [
  { href: '/items', title: '办事指南', text: '能办什么事、要带什么、多久办好' },
  { href: '/progress', title: '进度查询', text: '凭办件编号和证件号后四位' },
  { href: '/stations', title: '服务站', text: '地址、电话、今天上不上班' },
  { href: '/notices', title: '公示', text: '正在公示的事项，有意见可以提' },
  { href: '/packages', title: '一件事一次办', text: '建房、出生、救助：填一张表，一起办' },
  { href: '/verify', title: '证照核验', text: '核对证书、文书的真假' },
  { href: '/help', title: '帮助', text: '怎样办事，名词是什么意思' },
];
const STAFF_TILE = { href: '/sign-in', title: '工作人员登录', text: '代办员、乡镇和县级部门' };
/** Needs named on the front page. */
const NAMED = 8;

/** The public front page: few words, large targets. */
export function Front({ signedIn, needs }: { signedIn: boolean; needs: readonly Need[] }): JSX.Element {
  return (
    <>
      <SearchBox q="" />
      <NeedLinks needs={needs.slice(0, NAMED)} label="常办的事" more />
      <ul class="tiles">
        {[...TILES, ...(signedIn ? [] : [STAFF_TILE])].map((tile) => (
          <li key={tile.href}>
            <a class="tile" href={tile.href}>
              <b>{tile.title}</b>
              <span>{tile.text}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
