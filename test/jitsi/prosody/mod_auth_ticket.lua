-- Who may speak to this server at all: everyone, or (ticket_required) those whose ticket the deployment's web server
-- found good. It says so in headers of its own, which it never takes over from outside; Prosody listens on loopback
-- only. Stands in for Jitsi's mod_auth_token, with the same refusal: SASL not-allowed.
local new_sasl = require "util.sasl".new;

local required = module:get_option_boolean("ticket_required", false);
local provider = {};

local function remember(event)
	local headers = event.request.headers;
	event.session.ticket_room = headers.x_ticket_room;
	event.session.ticket_moderator = headers.x_ticket_moderator == "true";
end
module:hook_global("bosh-session", remember);
module:hook_global("websocket-session", remember);

local function anonymous()
	return new_sasl(module.host, { anonymous = function () return true; end });
end

local function refusing()
	local handler = anonymous();
	function handler.process() return "failure", "not-allowed", "The ticket does not open this door"; end
	handler.clean_clone = refusing;
	return handler;
end

function provider.get_sasl_handler(session)
	if required and not session.ticket_room then return refusing(); end
	return anonymous();
end

function provider.user_exists() return nil, "Only passing guests"; end
function provider.test_password() return nil, "Only passing guests"; end
function provider.get_password() return nil, "Only passing guests"; end
function provider.set_password() return nil, "Only passing guests"; end
function provider.create_user() return nil, "Only passing guests"; end

module:provides("auth", provider);
