# A service that is busy, breaks off or forgets to answer: every row arrives, and arrives once.

BeforeDiscovery {
    $faults = foreach ($target in 'Configuration', 'BlobUpload', 'QueuedPost', 'Status') {
        @{ Case = '503'; Target = $target; Fault = @{ StatusCode = 503 } }
        @{ Case = '429 with Retry-After'; Target = $target; Fault = @{ StatusCode = 429; RetryAfter = [timespan]::FromSeconds(1) } }
        @{ Case = 'a broken connection'; Target = $target; Fault = @{ Abort = $true } }
    }
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $rows = 1..300 | ForEach-Object { [pscustomobject]@{ Id = $_; Name = "name $_" } }

    function Confirm-Once([string] $Table, [long] $Rows) {
        $found = Invoke-AdxQuery "$Table | summarize n = count(), lowest = min(Id), highest = max(Id), total = sum(Id)"
        "$($found.n) $($found.lowest) $($found.highest) $($found.total)" | Should -BeExactly "$Rows 1 $Rows $($Rows * ($Rows + 1) / 2)"
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Every row arrives once' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'through <Case> at <Target>' -ForEach $faults {
        Add-LocalFault $Target @Fault
        $script:ingestion = $null
        $requests = Get-LocalRequest { $script:ingestion = $rows | Send-AdxData $table -BatchRows 100 -Wait -ErrorAction Stop }
        $ingestion.Status | Should -Be 'Succeeded'
        $ingestion.Batches | Should -HaveCount 3
        Confirm-Once $table 300
        @($requests | Where-Object Status -NotIn 200, 201) | Should -HaveCount 1 -Because 'the fault struck'
    }

    It 'through a lost answer to an upload' {
        Add-LocalFault BlobUpload -AfterAction
        ($rows | Send-AdxData $table -Wait -ErrorAction Stop).Status | Should -Be 'Succeeded'
        Confirm-Once $table 300
    }

    It 'through a lost answer to what was queued' {
        Add-LocalFault QueuedPost -AfterAction
        $null = $rows | Send-AdxData $table -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        Confirm-Once $table 300
        # The service takes the second request for a blob that it has ingested and deleted as a failure of its own. Who
        # reads that must not be led to send everything again.
        $failures.ErrorDetails.RecommendedAction | Should -BeLike '*Count the rows*before*sent again*'
    }

    It 'through faults at every step of blocks' {
        Add-LocalFault BlobUpload -Count 2
        Add-LocalFault BlockList
        # Random, so that it does not compress below one block.
        $bytes = [byte[]]::new(9mb)
        $random = [random]::new(1)
        $random.NextBytes($bytes)
        $text = [System.Convert]::ToBase64String($bytes)
        $large = 1..40 | ForEach-Object { [pscustomobject]@{ Id = $_; Name = $text.Substring(($_ - 1) * 300000, 300000) } }
        $ingestion = $large | Send-AdxData $table -Wait -ErrorAction Stop
        $ingestion.Status | Should -Be 'Succeeded'
        $ingestion.Batches | Should -HaveCount 1
        Confirm-Once $table 40
    }

    It 'of a file' {
        $path = Join-Path $TestDrive 'faults.csv'
        Set-Content $path (1..300 | ForEach-Object { "$_,name" })
        Add-LocalFault BlobUpload
        Add-LocalFault QueuedPost -StatusCode 429 -RetryAfter '00:00:01'
        (Send-AdxData $table -Path $path -BatchRows 100 -Wait -ErrorAction Stop).Status | Should -Be 'Succeeded'
        Confirm-Once $table 300
    }
}

Describe 'A service that goes on failing' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'is an error of the whole call, and nothing is left in the containers' {
        Add-LocalFault QueuedPost -StatusCode 400 -Count 1
        $failure = Get-Failure { $rows | Send-AdxData $table }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxIngestionRefused,*'
        Get-LocalBlob | Should -BeNullOrEmpty
        (Invoke-AdxQuery "$table | count").Count | Should -Be 0
    }

    It 'tells what had been accepted before' {
        $failure = Get-Failure {
            & {
                $rows[0..99]
                # By then the clock has sealed the first batch, and it is queued; what comes after it fails.
                Wait-Until { (Invoke-AdxQuery "$table | count").Count -eq 100 }
                Add-LocalFault QueuedPost -StatusCode 400
                $rows[100..199]
            } | Send-AdxData $table -BatchInterval '00:00:00.2' -WarningVariable script:warnings -WarningAction SilentlyContinue
        }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxIngestionRefused,*'
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*100 rows*Get-AdxIngestion*'
        @(Get-AdxIngestion)[-1].Rows | Should -Be 100
        Confirm-Once $table 100
    }

    It 'is an error where the upload is refused' {
        Add-LocalFault BlobUpload -StatusCode 403
        $failure = Get-Failure { $rows | Send-AdxData $table }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxUploadRefused,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
