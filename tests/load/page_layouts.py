"""Fifteen layouts in the style of real outlets' markup, filled with the invented stories: sixty saved pages.

Each layout is a function of a story to HTML. What a page should give back is the story's paragraphs, its subheads
where the layout shows them, and nothing of the rest.
"""

# ruff: noqa: E501 - markup and prose

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from tests.load.page_stories import STORIES, Story

Layout = Callable[[Story], str]

COOKIES = (
    '<div id="cookie-banner" class="cc-window" role="dialog"><p>We use cookies to improve your visit and to show you '
    'advertising. By clicking Accept you agree to our <a href="/privacy">privacy policy</a>.</p>'
    "<button>Accept all</button><button>Manage choices</button></div>"
)
NAV = (
    '<header class="site-header"><a class="skip" href="#main">Skip to main content</a><nav class="main-nav"><ul>'
    + "".join(
        f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("Home", "World", "Politics", "Sport", "Weather")
    )
    + '</ul></nav><form role="search"><input placeholder="Search"></form><a href="/login">Sign in</a></header>'
)
FOOTER = (
    '<footer class="site-footer"><ul><li><a href="/about">About us</a></li><li><a href="/jobs">Jobs</a></li><li>'
    '<a href="/terms">Terms of use</a></li></ul><p>© Example Media Group. All rights reserved.</p></footer>'
)
COMMENTS = (
    '<section id="comments" class="comments-area"><h2>3 comments</h2><ol><li class="comment"><b>gullwatcher</b> says: '
    "<p>I have said for years that this would happen, and nobody would listen to me at the time.</p></li>"
    '<li class="comment"><b>Anna K.</b> says: <p>Great article, thank you for writing about this at last!</p></li></ol>'
    "<form><h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked *</p></form></section>"
)
NEWSLETTER = (
    '<div class="newsletter-signup"><h4>The morning letter</h4><p>Get the five stories that matter in your inbox '
    'every day. Sign up now, it is free.</p><input type="email"><button>Subscribe</button></div>'
)
SHARE = '<ul class="share-bar"><li><a href="#">Facebook</a></li><li><a href="#">Twitter</a></li><li><a href="#">Email</a></li></ul>'


def paragraphs(story: Story, markup: str = "<p>{}</p>", every: dict[int, str] | None = None) -> str:
    """The story's paragraphs in `markup`, with other markup before the numbered ones."""
    extra = every or {}
    return "\n".join(
        extra.get(number, "") + markup.format(escape(text)) for number, text in enumerate(story.paragraphs)
    )


def related(story: Story, heading: str = "Related stories") -> str:
    items = "".join(f'<li><a href="/r/{number}">{escape(text)}</a></li>' for number, text in enumerate(story.related))
    return f'<aside class="related-posts"><h3>{heading}</h3><ul>{items}</ul></aside>'


def linked(story: Story, kind: str = "NewsArticle", **more: object) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": story.title,
        "datePublished": f"{story.date}T06:30:00+01:00",
        "dateModified": "2023-01-02T10:00:00+01:00",
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": "The Daily Example"},
    }
    return f'<script type="application/ld+json">{json.dumps(data | more)}</script>'


def page(
    story: Story, head: str, body: str, title: str = "{} | The Daily Example", html: str = '<html lang="en">'
) -> str:
    return (
        f'<!DOCTYPE html>\n{html}<head><meta charset="utf-8"><title>{escape(title.format(story.title))}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def newspaper(story: Story) -> str:
    head = linked(story) + '<meta property="og:site_name" content="The Daily Example">'
    figure = f"<figure><img src='a.jpg'><figcaption>{story.caption} Photograph: J. Doe/Example Pictures</figcaption></figure>"
    every = {3: f"<h2>{story.subheads[0]}</h2>", 4: NEWSLETTER, 6: f"<h2>{story.subheads[1]}</h2>"}
    body = (
        f'{COOKIES}{NAV}<main id="main"><article class="article"><span class="kicker">{story.section}</span>'
        f"<h1>{story.title}</h1>{SHARE}{figure}"
        f'<div class="byline">By <a rel="author" href="/by/x">{story.author}</a></div>'
        f'<div class="article-body">{paragraphs(story, every=every)}</div>'
        f'<ul class="tags"><li>Topics</li><li><a href="/t/1">{story.section}</a></li></ul></article>{related(story)}</main>{FOOTER}'
    )
    return page(story, head, body)


def broadcaster(story: Story) -> str:
    head = linked(story, "ReportageNewsArticle", author=[{"@type": "Person", "name": story.author}])
    block = '<div data-component="text-block" class="ssrcss-7uxr49-RichTextContainer e5tfeyi1"><p class="ssrcss-1q0x1qg">{}</p></div>'
    every = {
        3: f'<div data-component="subheadline-block"><h2 class="ssrcss-y2fd7s">{story.subheads[0]}</h2></div>',
        5: f'<div data-component="unordered-list-block"><ul><li><a href="/n/1">{story.related[0]}</a></li></ul></div>',
        6: f'<div data-component="subheadline-block"><h2 class="ssrcss-y2fd7s">{story.subheads[1]}</h2></div>',
    }
    body = (
        f'{NAV}<main role="main"><article class="ssrcss-pv1rh6-ArticleWrapper"><header data-component="headline-block"><h1>'
        f'{story.title}</h1></header><div data-component="byline-block"><span>By <strong>{story.author}</strong></span>'
        f'<div>Example News, Westbrook</div></div><figure><img alt=""><figcaption data-component="caption-block">{story.caption}'
        f"</figcaption></figure>{paragraphs(story, block, every)}"
        f'<section data-component="topic-list"><h2>Related Topics</h2><ul><li><a href="/topics">{story.section}</a></li></ul>'
        f'</section></article><section data-component="links-block"><h2>More on this story</h2><ul>'
        f'<li><a href="/n/2">{story.related[1]}</a></li></ul></section></main>{FOOTER}'
    )
    return page(story, head, body, "{} - Example News")


def blog(story: Story) -> str:
    head = f'<meta property="article:published_time" content="{story.date}T10:15:00+00:00"><meta name="generator" content="WordPress 6">'
    body = (
        f'<div id="page">{NAV}<div id="content"><main><article class="post type-post hentry"><header class="entry-header">'
        f'<h1 class="entry-title">{story.title}</h1><div class="entry-meta"><span class="posted-on">Posted on <time '
        f'class="entry-date published" datetime="{story.date}T10:15:00+00:00">{story.long_date}</time></span> <span class="byline">by '
        f'<span class="author vcard"><a class="url fn n" rel="author" href="/author/x/">{story.author}</a></span></span></div></header>'
        f'<div class="entry-content">{paragraphs(story)}<div class="sharedaddy"><h3>Share this:</h3>{SHARE}</div></div>'
        f'<footer class="entry-footer">Posted in <a href="/c">{story.section}</a></footer></article>'
        f'<nav class="post-navigation"><a href="/p">Previous: {story.related[0]}</a><a href="/n">Next: {story.related[1]}</a></nav>'
        f'{COMMENTS}</main><aside id="secondary" class="widget-area"><h2>Recent Posts</h2><ul><li>{story.related[2]}</li></ul>'
        f"<h2>Archives</h2><ul><li>May 2019</li></ul></aside></div>{FOOTER}</div>"
    )
    return page(story, head, body, "{} – The Daily Example")


def agency(story: Story) -> str:
    head = (
        f'<meta property="og:title" content="{story.title}"><meta name="article:author" content="{story.author}">'
        f'<meta property="og:article:published_time" content="{story.date}T14:01:07Z"><meta property="og:site_name" content="Example Wire">'
    )
    every = {
        2: '<div class="ad-slot"><span>Advertisement</span></div>',
        5: f'<div class="read-next">Read next: {story.related[0]}</div>',
    }
    body = (
        f'<div class="TopBar"><a href="/">Example Wire</a>{SHARE}</div><div class="ArticlePage"><h1 class="Headline">{story.title}</h1>'
        f'<div class="Info"><p class="Byline">By <a href="/x">{story.author}</a></p><p class="Date">{story.long_date} 2:01 PM</p></div>'
        f'<div class="ArticleBody-container">{paragraphs(story, every=every)}<p class="Attribution">Our Standards: '
        f'<a href="/s">The Example Principles</a></p></div>{related(story, "Read Next")}</div>{FOOTER}'
    )
    return page(story, head, body, "{}")


def amp(story: Story) -> str:
    body = (
        f'<amp-sidebar id="sidebar" layout="nodisplay"><ul><li><a href="/">Home</a></li><li><a href="/v">Video</a></li></ul></amp-sidebar>'
        f'<header class="amp-header"><a href="/">The Daily Example</a></header><article class="amp-article"><h1>{story.title}</h1>'
        f'<amp-img src="a.jpg" width="600" height="400"></amp-img><p class="amp-caption">{story.caption}</p>'
        f'<div class="amp-meta"><span class="amp-byline">{story.author}</span> <time datetime="{story.date}">{story.long_date}</time></div>'
        f'<div class="amp-article-content">{paragraphs(story, every={4: "<amp-ad width=300 height=250 type=x></amp-ad>"})}</div></article>'
        f"<amp-analytics></amp-analytics>{FOOTER}"
    )
    return page(
        story, linked(story) + '<link rel="canonical" href="https://daily.example/a">', body, html="<html amp lang=en>"
    )


def live_blog(story: Story) -> str:
    updates = "".join(
        f'<article class="live-post" id="u{number}"><time datetime="{story.date}T1{number % 9}:05:00Z">1{number % 9}:05</time>'
        f'<div class="live-post__body"><p>{escape(text)}</p></div></article>'
        for number, text in enumerate(story.paragraphs)
    )
    head = linked(story, "LiveBlogPosting", coverageStartTime=f"{story.date}T10:00:00Z")
    body = (
        f'{COOKIES}{NAV}<main><h1>{story.title}</h1><p class="byline">{story.author}</p><div class="live-feed">{updates}</div>'
        f"{related(story)}</main>{FOOTER}"
    )
    return page(story, head, body)


def paywall(story: Story) -> str:
    shown = "".join(f"<p>{escape(text)}</p>" for text in story.paragraphs[:3])
    head = linked(story, isAccessibleForFree=False)
    body = (
        f'{NAV}<main><article><h1>{story.title}</h1><p class="author">By {story.author}</p><section class="article-text">{shown}</section>'
        '<div class="paywall-offer"><h3>To continue reading, subscribe now</h3><p>Unlimited access for 1 crown in the first month. '
        'Cancel at any time.</p><a href="/sub">Subscribe</a><p>Already a subscriber? <a href="/login">Log in</a></p></div>'
        f"</article></main>{FOOTER}"
    )
    return page(story, head, body)


def microdata(story: Story) -> str:
    body = (
        f'{NAV}<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{story.title}</h1>'
        f'<meta itemprop="datePublished" content="{story.date}"><div class="meta"><span itemprop="author" itemscope '
        f'itemtype="http://schema.org/Person"><span itemprop="name">{story.author}</span></span> | {story.long_date}</div>'
        f'<div itemprop="articleBody">{paragraphs(story, every={3: f"<h3>{story.subheads[0]}</h3>"})}</div></div>'
        f"{related(story, 'You may also like')}{COMMENTS}{FOOTER}"
    )
    return page(story, "", body)


def weblog_of_breaks(story: Story) -> str:
    text = "<br><br>".join(escape(text) for text in story.paragraphs)
    body = (
        f'<div class="header"><h1 class="title">The Daily Example</h1><p class="description">Notes from the coast</p></div>'
        f'<div class="main"><h2 class="date-header"><span>{story.long_date}</span></h2><div class="post hentry"><h3 class="post-title '
        f'entry-title">{story.title}</h3><div class="post-body entry-content">{text}</div><div class="post-footer"><span '
        f'class="post-author vcard">Posted by <span class="fn" itemprop="author"><span itemprop="name">{story.author}</span></span></span> '
        f'at <a href="/x"><abbr class="published" itemprop="datePublished" title="{story.date}" content="{story.date}T21:06:00">9:06 PM</abbr></a>'
        '</div></div><div class="comments" id="comments"><h4>No comments:</h4><p>Post a Comment</p></div></div>'
        '<div class="sidebar"><h2>Blog Archive</h2><ul><li>2019 (12)</li><li>2018 (40)</li></ul></div>'
    )
    return page(story, f'<meta property="og:title" content="{story.title}">', body, "The Daily Example: {}")


def drupal(story: Story) -> str:
    body = (
        f'{NAV}<div class="breadcrumb"><a href="/">Home</a> » <a href="/s">{story.section}</a></div><h1 id="page-title">{story.title}</h1>'
        f'<div class="node node-article"><div class="submitted">Submitted by <span class="username">{story.author}</span></div>'
        f'<span class="author">{story.author}</span><time pubdate datetime="{story.date}T08:00:00+00:00">{story.long_date}</time>'
        f'<div class="field field-name-body"><div class="field-items"><div class="field-item even">{paragraphs(story)}</div></div></div>'
        f'<ul class="links inline"><li><a href="/user">Log in</a> or <a href="/r">register</a> to post comments</li></ul></div>{FOOTER}'
    )
    return page(story, "", body)


def tables(story: Story) -> str:
    text = "".join(f"<p><font face='Arial' size='2'>{escape(text)}</font></p>" for text in story.paragraphs)
    menu = "".join(f'<a href="{name}.htm">{name}</a><br>' for name in ("Front page", "Letters", "Archive", "Links"))
    body = (
        f'<table width="780"><tr><td width="150" bgcolor="#ccc">{menu}</td><td><h1>{story.title}</h1><p><b>By {story.author}</b></p>'
        f'<p><i>{story.long_date}</i></p>{text}</td></tr><tr><td colspan="2" align="center"><small>Copyright 2004 Example</small></td></tr></table>'
    )
    return page(story, "", body, "{}", "<html>")


def letter(story: Story) -> str:
    offer = (
        '<div class="subscription-widget-wrap"><p>Coast Notes is supported by its readers. To get new posts, subscribe.</p>'
        '<form><input type="email" placeholder="Type your email..."><button>Subscribe</button></form></div>'
    )
    body = (
        f'<div class="topbar"><a href="/">Coast Notes</a><button>Subscribe</button><button>Sign in</button></div><article class="newsletter-post '
        f'post"><div class="post-header"><h1 class="post-title">{story.title}</h1><h3 class="subtitle">{story.standfirst}</h3></div>'
        f'<div class="available-content"><div class="body markup">{paragraphs(story, every={3: offer})}</div></div></article>'
        '<div class="comments-page"><h4>Discussion about this post</h4></div><div class="footer">© Coast Notes · Privacy · Terms</div>'
    )
    head = (
        linked(story)
        + f'<meta name="author" content="{story.author}"><meta property="og:title" content="{story.title}">'
    )
    return page(story, head, body, "{} - by Someone - Coast Notes")


def busy(story: Story) -> str:
    every = {
        2: f'<p class="inline-link"><strong>READ MORE: </strong><a href="/r/1">{story.related[0]}</a></p>',
        4: '<div class="video-embed"><iframe src="https://video.example/e/1"></iframe><span>Watch: the minister answers</span></div>',
        5: f'<blockquote class="twitter-tweet"><a href="https://social.example/1">View post</a></blockquote>{NEWSLETTER}',
        6: '<div class="ad-unit ad--mpu" aria-hidden="true">Advertisement - scroll to continue</div>',
    }
    author = {"@id": "#author"}
    graph = json.dumps(
        {
            "@graph": [
                {"@type": "WebSite", "name": "The Daily Example", "@id": "#site"},
                {"@type": "Person", "@id": "#author", "name": story.author},
                {
                    "@type": ["NewsArticle", "Article"],
                    "headline": story.title,
                    "datePublished": story.date,
                    "author": author,
                },
            ]
        }
    )
    bio = f'<div class="author-bio"><h4>{story.author}</h4><p>{story.author} is a staff writer who covers the coast.</p></div>'
    body = (
        f'{COOKIES}{NAV}<div class="breaking-bar">Breaking: storm warning for the coast</div><main><article><h1>{story.title}</h1>'
        f'<p class="standfirst">{story.standfirst}</p>{SHARE}<div class="content__body">{paragraphs(story, every=every)}</div>{bio}</article>'
        f"{related(story, 'Most read')}{COMMENTS}</main>{FOOTER}"
    )
    return page(story, f'<script type="application/ld+json">{graph}</script>', body)


def application(story: Story) -> str:
    state = json.dumps({"props": {"pageProps": {"title": story.title, "items": list(story.related)}}})
    head = (
        f'<meta property="og:title" content="{story.title} - The Daily Example"><meta property="og:site_name" content="The Daily Example">'
        f'<meta name="parsely-author" content="{story.author}"><meta name="parsely-pub-date" content="{story.date}T05:00:00Z">'
    )
    body = (
        f'<div id="__next"><div class="sc-1a"><nav class="sc-2b"><a href="/">Home</a><a href="/n">News</a></nav></div><div class="sc-3c">'
        f'<h1 class="sc-4d">{story.title}</h1><section class="sc-5e">{paragraphs(story, "<p class=sc-6f>{}</p>")}</section></div>'
        f'<div class="sc-7g">{related(story, "Trending")}</div></div><script id="__NEXT_DATA__" type="application/json">{state}</script>'
    )
    return page(story, head, body, "{} - The Daily Example")


def listing(story: Story) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in story.paragraphs[1:3])
    rest = "".join(f"<p>{escape(text)}</p>" for text in story.paragraphs[3:])
    body = (
        f'{NAV}<main><article><h1>{story.title}</h1><p class="article__author">{story.author}</p><time class="publish-date" '
        f'datetime="{story.date}">{story.long_date}</time><div class="story"><p>{escape(story.paragraphs[0])}</p><ul>{items}</ul>{rest}'
        f"</div></article></main>{related(story)}{FOOTER}"
    )
    return page(story, "", body)


LAYOUTS: tuple[Layout, ...] = (
    newspaper, broadcaster, blog, agency, amp, live_blog, paywall, microdata, weblog_of_breaks, drupal, tables, letter, busy,
    application, listing,
)  # fmt: skip
SUBHEADS = {newspaper: 2, broadcaster: 2, microdata: 1}


def expected_text(layout: Layout, story: Story) -> str:
    """The words that a reader of the page would call the article."""
    texts = story.paragraphs[:3] if layout is paywall else story.paragraphs
    return "\n".join((*story.subheads[: SUBHEADS.get(layout, 0)], *texts))


PAGES = [(layout, story) for layout in LAYOUTS for story in STORIES]
