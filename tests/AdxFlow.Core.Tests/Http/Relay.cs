using System.Net.Http.Headers;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Http;

/// <summary>Passes requests on to the embedded stand-in, so that a test sees them whole.</summary>
internal static class Relay
{
    /// <param name="cluster">Where requests go.</param>
    /// <param name="instead">Answers some of them itself; null means none.</param>
    public static ScriptedServer To(LocalCluster cluster, Func<ScriptedRequest, ScriptedAnswer?>? instead = null)
    {
        var client = new HttpClient();
        return new ScriptedServer(request =>
        {
            if (instead?.Invoke(request) is { } answered)
                return answered;
            using var forwarded = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(cluster.ClusterUri, request.Path));
            if (request.Header("Authorization") is { } token)
                forwarded.Headers.Authorization = AuthenticationHeaderValue.Parse(token);
            if (request.Body.Length > 0)
                forwarded.Content = new StringContent(request.Body, MediaTypeHeaderValue.Parse("application/json; charset=utf-8"));
            using HttpResponseMessage answer = client.Send(forwarded);
            using Stream body = answer.Content.ReadAsStream();
            using var whole = new MemoryStream();
            body.CopyTo(whole);
            return new ScriptedAnswer { Status = (int)answer.StatusCode, Body = whole.ToArray(), ContentType = answer.Content.Headers.ContentType?.ToString() ?? "application/json" };
        });
    }
}
