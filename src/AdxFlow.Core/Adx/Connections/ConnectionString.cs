using AdxFlow.Auth;
using AdxFlow.Http;

namespace AdxFlow.Adx;

/// <summary>
/// A Kusto connection string: where to, which database, and perhaps as whom. It holds secrets and shows none.
/// Source: <see href="https://learn.microsoft.com/kusto/api/connection-strings/kusto"/>.
/// </summary>
internal sealed class ConnectionString
{
    private static readonly string[] Consistencies = ["strongconsistency", "weakconsistency", "affinitizedweakconsistency", "databaseaffinitizedweakconsistency"];

    private readonly Dictionary<ConnectionStringKeyword, string> _values;

    private ConnectionString(Dictionary<ConnectionStringKeyword, string> values)
    {
        _values = values;
        foreach (ConnectionStringKeyword keyword in values.Keys)
        {
            if (keyword.Effect == ConnectionStringEffect.Refused || (keyword.Effect == ConnectionStringEffect.RefusedIfTrue && Flag(keyword) == true))
                throw ConnectionStringReader.Invalid($"'{keyword.Name}' is not supported.", keyword.Advice ?? "Leave it out.");
        }

        DataSource = Value(ConnectionStringKeyword.DataSource)
            ?? throw ConnectionStringReader.Invalid("It names no cluster.", "Add Data Source=https://<cluster>.<region>.kusto.windows.net.");
        QueryConsistency = Value(ConnectionStringKeyword.QueryConsistency)?.ToLowerInvariant();
        if (QueryConsistency is not null && !Consistencies.Contains(QueryConsistency))
            throw ConnectionStringReader.Invalid($"'{ConnectionStringKeyword.QueryConsistency.Name}' is none of {string.Join(", ", Consistencies)}.", "Choose one of them, or leave it out.");
        SignIn = ReadSignIn();
    }

    /// <summary>The cluster, in any of the forms that an address may have.</summary>
    public string DataSource { get; }

    public string? Database => Value(ConnectionStringKeyword.InitialCatalog);

    /// <summary>As whom; null where it does not say: then it is said beside it, or asked for.</summary>
    public AdxSignIn? SignIn { get; }

    /// <summary>The tenant for whoever signs in by hand.</summary>
    public string? Tenant => Value(ConnectionStringKeyword.AuthorityId);

    /// <summary>The name to offer to whoever signs in by hand.</summary>
    public string? LoginHint => Value(ConnectionStringKeyword.UserId);

    public string? QueryConsistency { get; }

    public string? ApplicationName => Value(ConnectionStringKeyword.TraceApplication);

    public string? UserName => Value(ConnectionStringKeyword.TraceUser);

    /// <summary>Reads a connection string; null where the text is a plain address.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidConnectionString</c>: a keyword is unknown, refused, given twice, or lacks another one.</exception>
    public static ConnectionString? Read(string? text) => IsOne(text) ? new ConnectionString(ConnectionStringReader.Read(text!)) : null;

    /// <summary>The cluster as it may be shown, of an address or a connection string, be they right or wrong.</summary>
    public static string Shown(string text)
    {
        if (!IsOne(text))
            return Redaction.Address(text);

        try
        {
            return ConnectionStringReader.Read(text).TryGetValue(ConnectionStringKeyword.DataSource, out string? source) ? Redaction.Address(source) : "the connection string";
        }
        catch (AdxException)
        {
            return "the connection string";
        }
    }

    public override string ToString() => Redaction.Address(DataSource);

    /// <summary>An address has a semicolon behind a '?' at most, and does not begin with a name and '='.</summary>
    private static bool IsOne(string? text)
    {
        int mark = text?.AsSpan().IndexOfAny(";=?#") ?? -1;
        return mark >= 0 && (text![mark] == ';' || (text[mark] == '=' && text[..mark].All(letter => char.IsAsciiLetterOrDigit(letter) || letter == ' ')));
    }

    private AdxSignIn? ReadSignIn()
    {
        bool? federated = Flag(ConnectionStringKeyword.FederatedSecurity);
        AdxSignIn? signIn = NamedSignIn();
        if (federated == false)
        {
            return signIn is null
                ? AdxSignIn.Local()
                : throw ConnectionStringReader.Invalid($"'{ConnectionStringKeyword.FederatedSecurity.Name}' is false, and yet it says how to sign in.", "Leave one of them out.");
        }

        return signIn;
    }

    private AdxSignIn? NamedSignIn()
    {
        // The documentation: a user token overrides the client id, key and token of an application.
        if (Value(ConnectionStringKeyword.UserToken) is { } userToken)
            return AdxSignIn.AccessToken(userToken);
        if (Value(ConnectionStringKeyword.ApplicationToken) is { } applicationToken)
            return AdxSignIn.AccessToken(applicationToken);

        string? key = Value(ConnectionStringKeyword.ApplicationKey);
        string? thumbprint = Value(ConnectionStringKeyword.CertificateThumbprint);
        if (key is not null && thumbprint is not null)
            throw ConnectionStringReader.Invalid($"It has both '{ConnectionStringKeyword.ApplicationKey.Name}' and '{ConnectionStringKeyword.CertificateThumbprint.Name}'.", "Leave one of them out.");
        if (key is null && thumbprint is null)
        {
            return Value(ConnectionStringKeyword.ApplicationClientId) is null
                ? null
                : throw Lacks(ConnectionStringKeyword.ApplicationClientId, ConnectionStringKeyword.ApplicationKey);
        }

        ConnectionStringKeyword proof = key is null ? ConnectionStringKeyword.CertificateThumbprint : ConnectionStringKeyword.ApplicationKey;
        string application = Value(ConnectionStringKeyword.ApplicationClientId) ?? throw Lacks(proof, ConnectionStringKeyword.ApplicationClientId);
        string tenant = Tenant ?? throw Lacks(proof, ConnectionStringKeyword.AuthorityId);
        return key is null ? AdxSignIn.CertificateThumbprint(application, thumbprint!, tenant) : AdxSignIn.ServicePrincipal(application, key, tenant);
    }

    private static AdxException Lacks(ConnectionStringKeyword there, ConnectionStringKeyword missing) =>
        ConnectionStringReader.Invalid($"It has '{there.Name}', but '{missing.Name}' is missing.", $"Add {missing.Name}, or leave out {there.Name} and say how to sign in with parameters of Connect-Adx.");

    private string? Value(ConnectionStringKeyword keyword) => _values.TryGetValue(keyword, out string? value) && value.Length > 0 ? value : null;

    private bool? Flag(ConnectionStringKeyword keyword) => Value(keyword)?.ToUpperInvariant() switch
    {
        null => null,
        "TRUE" or "YES" => true,
        "FALSE" or "NO" => false,
        _ => throw ConnectionStringReader.Invalid($"'{keyword.Name}' is neither true nor false.", "Write true or false."),
    };
}
