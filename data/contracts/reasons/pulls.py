"""What can go wrong with a query or an endpoint: E5 stops the run; the first ones are worth trying again."""

from __future__ import annotations

from data.contracts.reason import Reason

UNREACHABLE = Reason(
    "E501_UNREACHABLE",
    "连接不上，或中途断开（{why}），共试 {n_tries} 次；已取得 {n_rows} 行，未采用",
    "no connection, or it broke off ({why}), {n_tries} tries; {n_rows} rows had come and were not used",
    "请检查网络、地址和对方服务，然后再运行一次；能续传的会从断点继续",
    "Check the network, the address and the server and run again; what can be resumed goes on where it stopped.",
)
DATA_MOVED = Reason(
    "E502_DATA_MOVED",
    "取数期间数据在变：声明共 {expected} 条，取得 {found} 条，不完整，未采用",
    "the data changed while it was pulled: {expected} records announced, {found} received; not used",
    "请在对方数据平稳时再运行；经常如此的，请改用 cursor 或 link 分页",
    "Run again when the data is at rest; if it happens often, use paging by cursor or link.",
)
BROKEN_DOCUMENT = Reason(
    "E503_BROKEN_DOCUMENT",
    "第 {page} 页的内容不完整，不是完整的 JSON（试了 {n_tries} 次）",
    "page {page} is cut short: no whole JSON document ({n_tries} tries)",
    "请再运行一次；仍如此的，请对方检查接口",
    "Run again; if it stays so, ask the owner of the endpoint.",
)
NOT_JSON = Reason(
    "E504_NOT_JSON",
    "第 {page} 页不是 JSON，或其中“{path}”处不是记录的列表",
    "page {page} is no JSON, or has no list of records at “{path}”",
    "请检查地址、登录口令和 sources.toml 的 records",
    "Check the address, the credentials and `records` in sources.toml.",
)
HTTP_REFUSED = Reason(
    "E505_HTTP_REFUSED",
    "接口拒绝了请求（HTTP {status}，第 {page} 页）",
    "the endpoint refused the request (HTTP {status}, page {page})",
    "请检查地址、参数和环境变量里的口令",
    "Check the address, the parameters and the credentials in the environment.",
)
REDIRECTED = Reason(
    "E506_REDIRECTED",
    "接口要求转到另一台主机（{host}），没有跟去",
    "the endpoint sends to another host ({host}), which was not followed",
    "若那是正确的地址，请写进 sources.toml 的 url",
    "If that is the right address, write it under `url` in sources.toml.",
)
ENDLESS = Reason(
    "E507_ENDLESS",
    "分页没有尽头：第 {page} 页之后仍有下一页，已到 max_pages 或又指回取过的页",
    "the pages have no end: after page {page} there is still a next one, at max_pages or back at an earlier page",
    "请检查分页参数；确有更多页的，请调大 max_pages",
    "Check the parameters of paging; if there truly are more pages, raise max_pages.",
)
SAME_PAGE = Reason(
    "E508_SAME_PAGE",
    "第 {page} 页与前面某页完全相同，接口可能不理会分页参数，取得的数据不完整",
    "page {page} equals an earlier one: the endpoint may ignore the paging, and what came is not whole",
    "请检查 paging、param；若接口在末页之后重复末页，请写明 total",
    "Check paging and param; if the endpoint repeats its last page at the end, declare `total`.",
)
TOO_MUCH = Reason(
    "E509_TOO_MUCH",
    "取得的内容超过 {max_mb} MB",
    "more than {max_mb} MB came",
    "请缩小范围，或调大 max_mb",
    "Narrow the question or raise max_mb.",
)
QUERY_REFUSED = Reason(
    "E510_QUERY_REFUSED",
    "数据库不接受查询（{why}）",
    "the database refuses the query ({why})",
    "请检查 sources.toml 的 query、table、where 和账号的权限",
    "Check query, table and where in sources.toml, and the rights of the account.",
)
NO_PULL_COLUMN = Reason(
    "E511_NO_PULL_COLUMN",
    "“{setting}”指定的列“{column}”不在结果里。找到的列：{found}",
    "the column “{column}” named by “{setting}” is not in the result. Columns found: {found}",
    "请改 sources.toml",
    "Correct sources.toml.",
)
KEY_NOT_UNIQUE = Reason(
    "E512_KEY_NOT_UNIQUE",
    "key 指定的列有 {n_null} 行为空、{n_twice} 行重复，不能区分各条记录",
    "the columns of key are empty in {n_null} rows and repeated in {n_twice}: they do not tell records apart",
    "请另选能唯一区分记录的列；若只是取数期间恰有改动，请再运行一次",
    "Choose columns that are unique; if a record merely changed meanwhile, run again.",
)
KEY_TYPE = Reason(
    "E513_KEY_TYPE",
    "“{column}”的类型（{type}）不能作为 key 或 watermark",
    "the type of “{column}” ({type}) cannot be a key or a watermark",
    "请用整数、文字、日期或时间的列",
    "Use a column of integers, texts, dates or times.",
)
NO_DRIVER = Reason(
    "E514_NO_DRIVER",
    "读取“{what}”需要安装软件包 {package}",
    "reading “{what}” needs the package {package}",
    "请运行 pip install {package}",
    "Run: pip install {package}",
)
REMOTE_TOO_LARGE = Reason(
    "E515_REMOTE_TOO_LARGE",
    "文件有 {size}，太大",
    "the file has {size}, which is too large",
    "请分成几个文件",
    "Split it into several files.",
)

#: In the order of their codes.
REASONS = (
    UNREACHABLE,
    DATA_MOVED,
    BROKEN_DOCUMENT,
    NOT_JSON,
    HTTP_REFUSED,
    REDIRECTED,
    ENDLESS,
    SAME_PAGE,
    TOO_MUCH,
    QUERY_REFUSED,
    NO_PULL_COLUMN,
    KEY_NOT_UNIQUE,
    KEY_TYPE,
    NO_DRIVER,
    REMOTE_TOO_LARGE,
)
