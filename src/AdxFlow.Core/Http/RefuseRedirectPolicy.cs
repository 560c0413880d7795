using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Http;

/// <summary>Turns a redirect into an error. Following it would carry the token, or the data, to a host nobody checked.</summary>
internal sealed class RefuseRedirectPolicy : HttpPipelineSynchronousPolicy
{
    public override void OnReceivedResponse(HttpMessage message)
    {
        Response response = message.Response;
        if (response.Status is not (301 or 302 or 303 or 307 or 308))
            return;

        string from = message.Request.Uri.Host ?? "?";
        string to = response.Headers.TryGetValue("Location", out string? location) ? Target(message.Request.Uri.ToUri(), location) : "an address it does not name";
        int status = response.Status;
        response.Dispose();
        throw new AdxException("AdxRedirected", AdxErrorKind.NotTrusted, $"'{from}' answered with a redirect ({status}) to {to}. Redirects are not followed.")
        {
            StatusCode = status,
            ClientRequestId = message.Request.ClientRequestId,
            RecommendedAction = "Give the cluster's own address, such as https://<cluster>.<region>.kusto.windows.net, and check that no proxy or sign-in page stands between.",
        };
    }

    /// <summary>Where it wanted to go, without the query, in which sign-in pages and SAS keep secrets.</summary>
    private static string Target(Uri from, string location) =>
        Uri.TryCreate(from, location, out Uri? to) && (to.Scheme == Uri.UriSchemeHttps || to.Scheme == Uri.UriSchemeHttp)
            ? $"'{Redaction.Address(to)}'"
            : "something that is no web address";
}
