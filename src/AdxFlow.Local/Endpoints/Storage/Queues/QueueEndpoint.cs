using System.Globalization;
using System.Text;
using System.Xml;

namespace AdxFlow.Local.Endpoints.Storage.Queues;

/// <summary>Queues over HTTP: put, get, peek, delete and clear messages; the number of messages.</summary>
/// <remarks>Source: Microsoft Learn, "Queue service REST API".</remarks>
internal static class QueueEndpoint
{
    private const int MaxMessage = 64 * 1024;
    private const int MaxBody = 2 * MaxMessage;
    private const int MaxReceived = 32;
    private const int MaxInvisible = 7 * 24 * 60 * 60;

    /// <summary>The permissions of which a signature needs one.</summary>
    public static string Permissions(Exchange exchange) => exchange.Method switch
    {
        "POST" => "a",
        "GET" when exchange.Query.GetValueOrDefault("comp") != "metadata" && !IsPeek(exchange) => "p",
        "DELETE" => "pd",
        _ => "r",
    };

    public static Task HandleAsync(Exchange exchange, StorageQueue queue, string rest, CancellationToken cancel) =>
        (exchange.Method, rest) switch
        {
            ("POST", "messages") => PutAsync(exchange, queue, cancel),
            ("GET", "messages") => GetAsync(exchange, queue),
            ("DELETE", "messages") => ClearAsync(exchange, queue),
            ("DELETE", _) when rest.StartsWith("messages/", StringComparison.Ordinal) => DeleteAsync(exchange, queue, rest["messages/".Length..]),
            ("GET" or "HEAD", "") when exchange.Query.GetValueOrDefault("comp") == "metadata" => SendMetadataAsync(exchange, queue),
            _ => throw StorageException.WrongVerb(),
        };

    private static bool IsPeek(Exchange exchange) => exchange.Query.GetValueOrDefault("peekonly", "").Equals("true", StringComparison.OrdinalIgnoreCase);

    private static async Task PutAsync(Exchange exchange, StorageQueue queue, CancellationToken cancel)
    {
        byte[] body;
        try
        {
            body = await exchange.ReadBodyAsync(MaxBody, cancel);
        }
        catch (ServiceException e) when (e.Status == 413)
        {
            throw StorageException.TooLarge();
        }

        string text = ReadText(body) ?? throw StorageException.InvalidXml();
        if (Encoding.UTF8.GetByteCount(text) > MaxMessage) throw StorageException.TooLarge();
        QueueMessage message = queue.Put(text);
        await SendAsync(exchange, 201, [message], received: true, withText: false);
    }

    private static Task GetAsync(Exchange exchange, StorageQueue queue)
    {
        int count = Number(exchange, "numofmessages", 1, 1, MaxReceived);
        bool peek = IsPeek(exchange);
        IReadOnlyList<QueueMessage> messages = peek ? queue.Peek(count) : queue.Receive(count, TimeSpan.FromSeconds(Number(exchange, "visibilitytimeout", 30, 1, MaxInvisible)));
        return SendAsync(exchange, 200, messages, received: !peek, withText: true);
    }

    private static Task ClearAsync(Exchange exchange, StorageQueue queue)
    {
        queue.Clear();
        return exchange.SendAsync(204, null, default);
    }

    private static Task DeleteAsync(Exchange exchange, StorageQueue queue, string id) => queue.Delete(id, exchange.Query.GetValueOrDefault("popreceipt", "")) switch
    {
        true => exchange.SendAsync(204, null, default),
        false => throw new StorageException(400, "PopReceiptMismatch", "The specified pop receipt did not match the pop receipt for a dequeued message."),
        null => throw new StorageException(404, "MessageNotFound", "The specified message does not exist."),
    };

    private static Task SendMetadataAsync(Exchange exchange, StorageQueue queue)
    {
        exchange.SetHeader("x-ms-approximate-messages-count", queue.Count.ToString(CultureInfo.InvariantCulture));
        return exchange.SendAsync(200, null, default);
    }

    private static int Number(Exchange exchange, string name, int otherwise, int least, int most)
    {
        if (!exchange.Query.TryGetValue(name, out string? text)) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new StorageException(400, "OutOfRangeQueryParameterValue", $"The value of {name} must be between {least} and {most}.");
    }

    private static string? ReadText(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var document = new XmlDocument { XmlResolver = null };
            document.Load(reader);
            return document.DocumentElement is { LocalName: "QueueMessage" } root
                ? root.ChildNodes.OfType<XmlElement>().FirstOrDefault(e => e.LocalName == "MessageText")?.InnerText
                : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static Task SendAsync(Exchange exchange, int status, IReadOnlyList<QueueMessage> messages, bool received, bool withText)
    {
        var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            xml.WriteStartElement("QueueMessagesList");
            foreach (QueueMessage message in messages)
            {
                xml.WriteStartElement("QueueMessage");
                xml.WriteElementString("MessageId", message.Id);
                xml.WriteElementString("InsertionTime", Time(message.InsertedOn));
                xml.WriteElementString("ExpirationTime", Time(message.ExpiresOn));
                if (received)
                {
                    xml.WriteElementString("PopReceipt", message.PopReceipt);
                    xml.WriteElementString("TimeNextVisible", Time(message.VisibleOn));
                }

                if (withText)
                {
                    xml.WriteElementString("DequeueCount", message.DequeueCount.ToString(CultureInfo.InvariantCulture));
                    xml.WriteElementString("MessageText", message.Text);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return exchange.SendAsync(status, "application/xml", buffer.ToArray());
    }

    private static string Time(DateTime time) => time.ToString("R", CultureInfo.InvariantCulture);
}
